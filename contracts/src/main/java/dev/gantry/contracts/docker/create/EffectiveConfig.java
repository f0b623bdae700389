package dev.gantry.contracts.docker.create;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.ContainerConfigBuilder;
import dev.gantry.contracts.docker.container.HealthConfig;
import dev.gantry.contracts.docker.image.ImageConfig;
import dev.gantry.contracts.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The configuration a container runs with: what was asked, completed from the image, checked. */
public final class EffectiveConfig {
    private EffectiveConfig() {}

    /** The {@code config} of an OCI image configuration document, or no defaults at all where it has none. */
    public static ImageConfig imageDefaults(byte[] ociImageConfig) {
        return DockerJson.from(DockerJson.parse(ociImageConfig).path("config"), ImageConfig.class);
    }

    /**
     * Merges and checks.
     *
     * @throws dev.gantry.contracts.error.GantryException 400 for a value Docker refuses, or when no command is left to run
     */
    public static ContainerConfig of(ContainerConfig asked, ImageConfig image) {
        ContainerConfig merged = resetEntrypoint(merge(asked, image));
        if (Empty.ifNull(merged.entrypoint()).isEmpty()
                && Empty.ifNull(merged.cmd()).isEmpty()) {
            throw ErrorCode.NO_COMMAND.with();
        }
        return ConfigRules.checked(merged);
    }

    static ContainerConfig merge(ContainerConfig asked, ImageConfig image) {
        ContainerConfigBuilder merged = ContainerConfigBuilder.builder(asked)
                .user(or(asked.user(), image.user()))
                .exposedPorts(union(asked.exposedPorts(), image.exposedPorts()))
                .env(environment(asked.env(), image.env()))
                .labels(labels(asked.labels(), image.labels()))
                .healthcheck(healthcheck(asked.healthcheck(), image.healthcheck()))
                .workingDir(or(asked.workingDir(), image.workingDir()))
                .volumes(union(asked.volumes(), image.volumes()))
                .stopSignal(or(asked.stopSignal(), image.stopSignal()));
        command(asked, image, merged);
        return merged.build();
    }

    /** An entrypoint of one's own also discards the image's command; so does {@code [""]}, which asks for none. */
    private static void command(ContainerConfig asked, ImageConfig image, ContainerConfigBuilder merged) {
        if (!Empty.ifNull(asked.entrypoint()).isEmpty()) {
            return;
        }
        if (Empty.ifNull(asked.cmd()).isEmpty()) {
            merged.cmd(image.cmd()).argsEscaped(image.argsEscaped());
        }
        if (asked.entrypoint() == null) {
            merged.entrypoint(image.entrypoint());
        }
    }

    private static ContainerConfig resetEntrypoint(ContainerConfig merged) {
        return List.of("").equals(merged.entrypoint())
                ? ContainerConfigBuilder.builder(merged).entrypoint(null).build()
                : merged;
    }

    private static String or(String asked, String image) {
        return asked.isEmpty() ? image : asked;
    }

    private static @Nullable Set<String> union(@Nullable Set<String> asked, @Nullable Set<String> image) {
        if (Empty.ifNull(asked).isEmpty()) {
            return image;
        }
        Set<String> union = new LinkedHashSet<>(Empty.ifNull(asked));
        union.addAll(Empty.ifNull(image));
        return union;
    }

    /** What was asked comes first; the image adds the names that are not among it. */
    private static @Nullable List<String> environment(@Nullable List<String> asked, @Nullable List<String> image) {
        if (Empty.ifNull(asked).isEmpty()) {
            return image;
        }
        List<String> merged = new ArrayList<>(Empty.ifNull(asked));
        Set<String> names = new LinkedHashSet<>();
        merged.forEach(entry -> names.add(name(entry)));
        Empty.ifNull(image).stream()
                .filter(entry -> !names.contains(name(entry)))
                .forEach(merged::add);
        return List.copyOf(merged);
    }

    private static String name(String entry) {
        int equals = entry.indexOf('=');
        return equals < 0 ? entry : entry.substring(0, equals);
    }

    private static Map<String, String> labels(
            @Nullable Map<String, String> asked, @Nullable Map<String, String> image) {
        Map<String, String> merged = new LinkedHashMap<>(Empty.ifNull(image));
        merged.putAll(Empty.ifNull(asked));
        return merged;
    }

    private static @Nullable HealthConfig healthcheck(@Nullable HealthConfig asked, @Nullable HealthConfig image) {
        if (asked == null || image == null) {
            return asked == null ? image : asked;
        }
        return new HealthConfig(
                Empty.ifNull(asked.test()).isEmpty() ? image.test() : asked.test(),
                or(asked.interval(), image.interval()),
                or(asked.timeout(), image.timeout()),
                or(asked.startPeriod(), image.startPeriod()),
                or(asked.startInterval(), image.startInterval()),
                asked.retries() == 0 ? image.retries() : asked.retries());
    }

    private static long or(long asked, long image) {
        return asked == 0 ? image : asked;
    }
}
