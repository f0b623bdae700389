package dev.gantry.image.listing;

import static java.util.Objects.requireNonNullElse;

import dev.gantry.contracts.docker.GraphDriver;
import dev.gantry.contracts.docker.container.HealthConfig;
import dev.gantry.contracts.docker.image.HistoryEntry;
import dev.gantry.contracts.docker.image.ImageConfig;
import dev.gantry.contracts.docker.image.ImageInspect;
import dev.gantry.contracts.docker.image.ImageMetadata;
import dev.gantry.contracts.docker.image.RootFs;
import dev.gantry.image.catalog.Image;
import dev.gantry.image.catalog.Images;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.image.ExecutionConfig;
import dev.gantry.oci.image.Healthcheck;
import dev.gantry.oci.image.History;
import dev.gantry.oci.image.ImageConfiguration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One image as {@code GET /images/{name}/json} and {@code /history} show it. */
public final class ImageDetails {
    /** Docker's zero time, for an image that never had a name. */
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    private ImageDetails() {}

    public static ImageInspect inspect(Images images, Image image) {
        ImageConfiguration configuration = image.configuration();
        var names = images.names(image);
        return new ImageInspect(
                image.id().toString(),
                Names.tags(names),
                Names.digests(names),
                image.parent().map(Digest::toString).orElse(""),
                requireNonNullElse(configuration.comment(), ""),
                configuration.created(),
                requireNonNullElse(configuration.dockerVersion(), ""),
                requireNonNullElse(configuration.author(), ""),
                configuration.architecture(),
                requireNonNullElse(configuration.variant(), ""),
                configuration.os(),
                requireNonNullElse(configuration.osVersion(), ""),
                image.size(),
                new GraphDriver(null, "overlay2"), // layers lie on the nodes, so there are no directories to tell of
                new RootFs(configuration.rootfs().type(), configuration.rootfs().diffIds()),
                new ImageMetadata(image.lastTagged().orElse(NEVER)),
                null,
                null,
                config(configuration.execution()));
    }

    private static ImageConfig config(ExecutionConfig config) {
        return new ImageConfig(
                config.argsEscaped(),
                config.cmd(),
                config.entrypoint(),
                config.env(),
                keys(config.exposedPorts()),
                health(config.healthcheck()),
                config.labels(),
                config.onBuild(),
                config.shell(),
                requireNonNullElse(config.stopSignal(), ""),
                requireNonNullElse(config.user(), ""),
                keys(config.volumes()),
                requireNonNullElse(config.workingDir(), ""));
    }

    private static @Nullable Set<String> keys(@Nullable Map<String, Map<String, Object>> set) {
        return set == null ? null : new TreeSet<>(set.keySet());
    }

    private static @Nullable HealthConfig health(@Nullable Healthcheck health) {
        return health == null
                ? null
                : new HealthConfig(
                        health.test(),
                        health.interval(),
                        health.timeout(),
                        health.startPeriod(),
                        health.startInterval(),
                        health.retries());
    }

    /** The newest step first. The image and the parents that are still here give their ids to the newest steps, the others are missing. */
    public static List<HistoryEntry> history(Images images, Image image) {
        List<HistoryEntry> entries = new ArrayList<>();
        Optional<Image> owner = Optional.of(image);
        List<Long> sizes = sizes(image);
        List<History> steps = image.configuration().history();
        for (int i = steps.size() - 1; i >= 0; i--) {
            entries.add(entry(images, owner, steps.get(i), sizes.get(i)));
            owner = owner.flatMap(images::parent);
        }
        return entries;
    }

    private static HistoryEntry entry(Images images, Optional<Image> owner, History step, long size) {
        List<String> tags = owner.map(found -> Names.tags(images.names(found))).orElse(List.of());
        return new HistoryEntry(
                requireNonNullElse(step.comment(), ""),
                Optional.ofNullable(step.created()).map(Instant::getEpochSecond).orElse(0L),
                requireNonNullElse(step.createdBy(), ""),
                owner.map(found -> found.id().toString()).orElse("<missing>"),
                size,
                tags.isEmpty() ? null : tags);
    }

    /** The size of each step's layer, in the order of the steps. */
    private static List<Long> sizes(Image image) {
        List<Long> sizes = new ArrayList<>();
        int layer = 0;
        for (History step : image.configuration().history()) {
            boolean has = !step.emptyLayer() && layer < image.layers().size();
            sizes.add(has ? image.layers().get(layer).contentSize() : 0L);
            layer += step.emptyLayer() ? 0 : 1;
        }
        return sizes;
    }
}
