package dev.gantry.volume.lifecycle;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.volume.store.Claim;
import dev.gantry.volume.store.Volume;
import dev.gantry.volume.store.VolumeStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * What becomes of volumes. A directory is made and deleted between two commits, each time with a row that says {@code removing}: a
 * crash leaves a row by which the directory goes, never a directory without one.
 */
@ApplicationScoped
public class Volumes {
    private static final Logger LOG = Logger.getLogger(Volumes.class);
    private static final int ATTEMPTS = 5;

    private final VolumeStore store;
    private final Disks disks;
    private final NameLocks locks = new NameLocks();

    Volumes(VolumeStore store, Disks disks) {
        this.store = store;
        this.disks = disks;
    }

    /** The volume of that name, made when there is none; another one's labels stay as they are. */
    public Volume create(Wish wish) {
        return create(wish, Optional.empty());
    }

    private Volume create(Wish wish, Optional<String> node) {
        wish.checked();
        return locks.holding(wish.name(), () -> {
            var known = store.named(wish.name());
            if (known.filter(volume -> !volume.removing()).isPresent()) {
                return known.get();
            }
            known.ifPresent(this::delete);
            return make(wish, node.orElseGet(disks::anyNode));
        });
    }

    private Volume make(Wish wish, String node) {
        var now = Instant.now();
        var begun = new Volume(
                wish.name(),
                Wish.LOCAL,
                node,
                "",
                Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano()),
                wish.labels(),
                Empty.ifNull(wish.options()).isEmpty() ? null : wish.options(),
                List.of(),
                true);
        store.begin(begun);
        var volume = begun.at(disks.make(node, wish.name()));
        store.add(volume);
        return volume;
    }

    /** A volume that a container on a node wants. */
    public record Wanted(Wish wish, String destination, boolean anonymous) {}

    /**
     * All of them exist and the container refers to them when this returns, or it refers to none.
     *
     * @throws GantryException CONFLICT for a volume of another node
     */
    public List<Volume> claim(String container, String node, List<Wanted> wanted) {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var volumes = new ArrayList<Volume>();
            wanted.forEach(want -> volumes.add(onNode(create(want.wish(), Optional.of(node)), node)));
            var claims = wanted.stream()
                    .map(want -> new Claim(want.wish().name(), want.destination(), want.anonymous()))
                    .toList();
            if (store.refer(container, claims)) {
                return volumes;
            } // somebody removed one in between
        }
        throw ErrorCode.CONFLICT.with("the volumes of container " + container + " are removed again and again");
    }

    private static Volume onNode(Volume volume, String node) {
        if (!volume.node().equals(node)) {
            throw ErrorCode.CONFLICT.with("volume " + volume.name() + " is on node " + volume.node()
                    + ", and the container is to live on " + node);
        }
        return volume;
    }

    /** @return whether the container referred to anything */
    public boolean release(String container, boolean removeAnonymous) {
        var released = store.release(container, removeAnonymous);
        released.doomed().forEach(this::finish);
        return released.changed();
    }

    /**
     * Removes a volume that nobody refers to.
     *
     * @return the bytes that are free again
     * @throws GantryException NO_SUCH_VOLUME, VOLUME_IN_USE, NODE_AWAY
     */
    public long remove(String name) {
        return locks.holding(name, () -> delete(store.doom(name)));
    }

    private long delete(Volume doomed) {
        var bytes = disks.remove(doomed.node(), doomed.name());
        store.removed(doomed.name());
        return bytes;
    }

    /** A removal whose asker does not wait for it, or has gone: what is away now is removed later. */
    void finish(Volume doomed) {
        try {
            locks.holding(
                    doomed.name(),
                    () -> store.named(doomed.name())
                            .filter(Volume::removing)
                            .map(this::delete)
                            .orElse(0L));
        } catch (GantryException e) {
            LOG.infof("volume %s: its removal goes on later: %s", doomed.name(), e.getMessage());
        }
    }

    /** What a prune did. */
    public record Pruned(List<String> names, long bytes) {}

    public Pruned prune(Predicate<Volume> which) {
        var names = new ArrayList<String>();
        var bytes = 0L;
        for (var volume : store.all()) {
            if (!volume.inUse() && !volume.removing() && which.test(volume)) {
                var freed = removeIfFree(volume.name());
                if (freed.isPresent()) {
                    names.add(volume.name());
                    bytes += freed.get();
                }
            }
        }
        store.pruned(bytes);
        return new Pruned(names, bytes);
    }

    private Optional<Long> removeIfFree(String name) {
        try {
            return Optional.of(remove(name));
        } catch (GantryException e) {
            return switch (e.code()) {
                case VOLUME_IN_USE, NO_SUCH_VOLUME -> Optional.empty(); // since the look
                default -> {
                    LOG.infof("volume %s: its removal goes on later: %s", name, e.getMessage());
                    yield Optional.empty();
                }
            };
        }
    }
}
