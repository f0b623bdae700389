package dev.gantry.volume.lifecycle;

import dev.gantry.contracts.docker.mount.VolumeName;
import dev.gantry.contracts.error.ErrorCode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A volume that should be there.
 *
 * @param driver empty: local, the only one
 * @param options for the driver; null: none were given
 * @param labels null: none were given
 */
public record Wish(
        String name,
        String driver,
        @Nullable Map<String, String> options,
        @Nullable Map<String, String> labels) {
    static final String LOCAL = "local";

    private static final Set<String> LOCAL_OPTIONS = Set.of("type", "o", "device", "size");

    /** @throws dev.gantry.contracts.error.GantryException in Docker's words */
    Wish checked() {
        VolumeName.checked(name);
        if (!driver.isEmpty() && !driver.equals(LOCAL)) {
            throw ErrorCode.NO_SUCH_VOLUME_DRIVER.with(name, driver, driver);
        }
        if (options != null) {
            options.keySet().stream().sorted().forEach(this::refuse);
        }
        return this;
    }

    private void refuse(String option) {
        if (!LOCAL_OPTIONS.contains(option)) {
            throw ErrorCode.INVALID_PARAMETER.with("create " + name + ": invalid option: \"" + option + "\"");
        }
        throw ErrorCode.NOT_IMPLEMENTED.with("DriverOpts \"" + option + "\" of a local volume");
    }
}
