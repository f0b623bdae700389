package dev.gantry.scheduler.creation;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.ContainerConfigBuilder;
import dev.gantry.contracts.docker.image.ImageConfig;
import dev.gantry.contracts.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an image gives a container where its creator said nothing: the rules of Docker's {@code merge}. */
final class ImageDefaults {
    private ImageDefaults() {}

    /** @throws dev.gantry.contracts.error.GantryException NO_COMMAND */
    static ContainerConfig merge(ContainerConfig asked, ImageConfig image) {
        var entrypoint = entrypoint(asked, image);
        var cmd = cmd(asked, image);
        if (Empty.ifNull(entrypoint).isEmpty() && Empty.ifNull(cmd).isEmpty()) {
            throw ErrorCode.NO_COMMAND.with();
        }
        return ContainerConfigBuilder.builder(asked)
                .user(first(asked.user(), image.user()))
                .exposedPorts(union(asked.exposedPorts(), image.exposedPorts()))
                .env(env(asked.env(), image.env()))
                .labels(labels(asked.labels(), image.labels()))
                .entrypoint(entrypoint)
                .cmd(cmd)
                .healthcheck(asked.healthcheck() == null ? image.healthcheck() : asked.healthcheck())
                .workingDir(first(asked.workingDir(), image.workingDir()))
                .volumes(union(asked.volumes(), image.volumes()))
                .stopSignal(first(asked.stopSignal(), image.stopSignal()))
                .shell(Empty.ifNull(asked.shell()).isEmpty() ? image.shell() : asked.shell())
                .build();
    }

    private static String first(String asked, String otherwise) {
        return asked.isEmpty() ? otherwise : asked;
    }

    /** Null takes the image's; one empty text takes it away. */
    private static @Nullable List<String> entrypoint(ContainerConfig asked, ImageConfig image) {
        var merged = asked.entrypoint() == null ? image.entrypoint() : asked.entrypoint();
        return merged == null || merged.equals(List.of("")) ? null : merged;
    }

    /** An entrypoint of one's own makes the image's command meaningless. */
    private static @Nullable List<String> cmd(ContainerConfig asked, ImageConfig image) {
        var own = !Empty.ifNull(asked.entrypoint()).isEmpty()
                || !Empty.ifNull(asked.cmd()).isEmpty();
        return own ? asked.cmd() : image.cmd();
    }

    private static @Nullable List<String> env(@Nullable List<String> asked, @Nullable List<String> image) {
        if (Empty.ifNull(asked).isEmpty()) {
            return image == null ? asked : image;
        }
        var merged = new ArrayList<>(Empty.ifNull(asked));
        var names = merged.stream().map(ImageDefaults::variable).collect(Collectors.toSet());
        Empty.ifNull(image).stream()
                .filter(entry -> !names.contains(variable(entry)))
                .forEach(merged::add);
        return List.copyOf(merged);
    }

    private static String variable(String entry) {
        var equals = entry.indexOf('=');
        return equals < 0 ? entry : entry.substring(0, equals);
    }

    private static Map<String, String> labels(
            @Nullable Map<String, String> asked, @Nullable Map<String, String> image) {
        var merged = new TreeMap<>(Empty.ifNull(image));
        merged.putAll(Empty.ifNull(asked));
        return merged;
    }

    private static @Nullable Set<String> union(@Nullable Set<String> asked, @Nullable Set<String> image) {
        var merged = new TreeSet<>(Empty.ifNull(image));
        merged.addAll(Empty.ifNull(asked));
        return merged.isEmpty() ? null : merged;
    }
}
