package dev.gantry.contracts.docker.mount;

import dev.gantry.contracts.docker.container.BindOptions;
import dev.gantry.contracts.docker.container.DriverConfig;
import dev.gantry.contracts.docker.container.Mount;
import dev.gantry.contracts.docker.container.VolumeOptions;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code HostConfig.Binds}: {@code source:destination[:mode]}, where an absolute source is a path of the host and any other a
 * volume (moby's {@code ParseMountRaw}).
 *
 * @param mount what it says, as {@code --mount} would
 * @param mode as it was written
 */
record BindText(Mount mount, String mode) {
    private static final int MOST_PARTS = 3;

    /** @throws GantryException 500 {@code invalid volume specification: ...} or {@code invalid mode: ...}, as in Docker */
    static BindText parse(String text, String volumeDriver) {
        String[] parts = text.split(":", -1);
        if (parts.length > MOST_PARTS || parts[0].isEmpty()) {
            throw malformed(text, "");
        }
        if (parts.length == 2 && MountMode.valid(parts[1])) {
            throw malformed(text, ""); // a destination and a mode are no bind
        }
        MountMode mode = MountMode.parse(parts.length == MOST_PARTS ? parts[2] : "");
        Mount mount = parts.length == 1
                ? mount("", parts[0], mode, volumeDriver)
                : mount(parts[0], parts[1], mode, volumeDriver);
        try {
            MountRules.check(mount);
        } catch (GantryException e) {
            throw malformed(text, ": " + e.getMessage());
        }
        return new BindText(mount, mode.text());
    }

    private static RuntimeException malformed(String text, String why) {
        return ErrorCode.INVALID_VOLUME_SPEC.with("invalid volume specification: '" + text + "'" + why);
    }

    private static Mount mount(String source, String target, MountMode mode, String driver) {
        boolean path = source.startsWith("/");
        return new Mount(
                path ? PlannedMount.BIND : PlannedMount.VOLUME,
                path ? HostPath.clean(source) : source,
                target,
                mode.readOnly(),
                "",
                mode.propagation().map(BindText::propagation).orElse(null),
                volumeOptions(path, mode, driver),
                null,
                null);
    }

    private static BindOptions propagation(String word) {
        return new BindOptions(word, false, false, false, false);
    }

    private static @Nullable VolumeOptions volumeOptions(boolean path, MountMode mode, String driver) {
        Optional<DriverConfig> named =
                path || driver.isEmpty() ? Optional.empty() : Optional.of(new DriverConfig(driver, null));
        return mode.noCopy() || named.isPresent()
                ? new VolumeOptions(mode.noCopy(), null, "", named.orElse(null))
                : null;
    }
}
