package dev.gantry.agent.layers;

import dev.gantry.oci.digest.Digest;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Deletes unpacked layers that no container of this host is made of, no image has, and nobody has asked for in a while. A layer too many costs
 * room, a layer too few costs one fetch, so whatever cannot be asked now is kept. Every step may be repeated; a crash leaves nothing half.
 */
public final class LayerSweep implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LayerSweep.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    /** Longer than anything lasts between the answer that a layer is here and the container that is made of it. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    /** Who knows the images. */
    @FunctionalInterface
    public interface Images {
        /**
         * @return which of these layers some image has
         * @throws RuntimeException when that cannot be told now
         */
        Set<Digest> needed(Collection<Digest> layers);
    }

    private final LayerStore layers;
    private final Supplier<Set<Digest>> used;
    private final Images images;
    private final Duration grace;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("layer-sweep").unstarted(this::run);

    /** @param used the layers that this host's containers are made of, running or not */
    public LayerSweep(LayerStore layers, Supplier<Set<Digest>> used, Images images) {
        this(layers, used, images, GRACE);
    }

    LayerSweep(LayerStore layers, Supplier<Set<Digest>> used, Images images, Duration grace) {
        this.layers = layers;
        this.used = used;
        this.images = images;
        this.grace = grace;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(EVERY);
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void round() {
        try {
            for (var layer : useless()) {
                if (layers.removeIdle(layer, grace)) {
                    LOG.infof("layer %s: no image has it and no container uses it, deleted", layer);
                }
            }
        } catch (UncheckedIOException e) {
            LOG.warnf("layers are looked at again later: %s", e.getMessage());
        } catch (RuntimeException e) {
            LOG.debugf("layers are looked at again later: %s", e.getMessage());
        }
    }

    private List<Digest> useless() {
        var candidates = new HashSet<>(layers.idle(grace));
        candidates.removeAll(used.get());
        if (!candidates.isEmpty()) {
            candidates.removeAll(images.needed(Set.copyOf(candidates)));
        }
        return List.copyOf(candidates);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
