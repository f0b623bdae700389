package dev.gantry.volume.store;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.event.CloudEvent;
import dev.gantry.contracts.event.ObjectKind;
import dev.gantry.events.outbox.OutboxRecord;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Volumes and references. Each call is one transaction, its events with it; done twice it is as done once. Rows of volumes
 * are locked in the order of their names.
 */
@ApplicationScoped
public class VolumeStore implements PanacheRepositoryBase<VolumeRow, String> {
    private static final String SERVICE = "volume";

    private final ReferenceRows references;
    private final VolumeEvents events;

    VolumeStore(ReferenceRows references, VolumeEvents events) {
        this.references = references;
        this.events = events;
    }

    public Optional<Volume> named(String name) {
        return inTransaction(() -> findByIdOptional(name).map(row -> row.volume(references.users(name))));
    }

    /** By name. */
    public List<Volume> all() {
        return inTransaction(() -> {
            var users = references.usersByVolume();
            return list("order by name").stream()
                    .map(row -> row.volume(users.getOrDefault(row.name, List.of())))
                    .toList();
        });
    }

    /** Who mounts what where. */
    public record Reference(String container, String volume, String destination, boolean mounted) {}

    public List<Reference> references() {
        return inTransaction(() -> references.list("order by volume").stream()
                .map(row -> new Reference(row.key.containerId(), row.volume, row.key.destination(), row.mounted))
                .toList());
    }

    public List<Volume> removing() {
        return inTransaction(() -> list("removing = true").stream()
                .map(row -> row.volume(List.of()))
                .toList());
    }

    /** Before its directory is made: until it is added, it is one that is being removed. Nothing is told of it. */
    public void begin(Volume volume) {
        inTransaction(() -> {
            persist(VolumeRow.of(volume));
            return true;
        });
    }

    /** One that was begun, and whose directory is there now. */
    public void add(Volume volume) {
        inTransaction(() -> {
            var row = locked(volume.name()).orElseThrow(() -> ErrorCode.NO_SUCH_VOLUME.with(volume.name()));
            row.mountpoint = volume.mountpoint();
            row.removing = false;
            say(row, "create", Map.of("driver", row.driver));
            events.outbox()
                    .append(OutboxRecord.state(
                            ObjectKind.VOLUME,
                            row.name,
                            row.version,
                            Instant.ofEpochSecond(0, row.lastEvent),
                            snapshot(row)));
            return row;
        });
    }

    private static String snapshot(VolumeRow row) {
        return dev.gantry.contracts.docker.DockerJson.writeText(
                Map.of("name", row.name, "driver", row.driver, "node", row.node, "mountpoint", row.mountpoint));
    }

    /** @return whether all the volumes were there; nothing is noted when one is not */
    public boolean refer(String container, List<Claim> claims) {
        return inTransaction(() -> {
            var sorted =
                    claims.stream().sorted(Comparator.comparing(Claim::volume)).toList();
            for (var claim : sorted) {
                if (locked(claim.volume()).filter(row -> !row.removing).isEmpty()) {
                    QuarkusTransaction.setRollbackOnly();
                    return false;
                }
                refer(container, claim);
            }
            return true;
        });
    }

    private void refer(String container, Claim claim) {
        var key = new ReferenceRow.Key(container, claim.destination());
        if (references.findByIdOptional(key).isEmpty()) {
            var reference = new ReferenceRow();
            reference.key = key;
            reference.volume = claim.volume();
            reference.anonymous = claim.anonymous();
            reference.claimedAt = nanos(Instant.now());
            references.persist(reference);
        }
    }

    /** @throws dev.gantry.contracts.error.GantryException NO_SUCH_VOLUME when the container does not refer to one of them */
    public void mounted(String container, List<MountedAt> mounts) {
        inTransaction(() -> {
            var sorted = mounts.stream()
                    .sorted(Comparator.comparing(MountedAt::volume))
                    .toList();
            sorted.forEach(mount -> mounted(container, mount));
            return true;
        });
    }

    private void mounted(String container, MountedAt mount) {
        var row = locked(mount.volume()).orElseThrow(() -> ErrorCode.NO_SUCH_VOLUME.with(mount.volume()));
        var reference = references
                .findByIdOptional(new ReferenceRow.Key(container, mount.destination()))
                .filter(found -> found.volume.equals(mount.volume()))
                .orElseThrow(() -> ErrorCode.NO_SUCH_VOLUME.with(mount.volume()));
        if (!reference.mounted) {
            reference.mounted = true;
            say(
                    row,
                    "mount",
                    Map.of(
                            "container", container,
                            "destination", mount.destination(),
                            "driver", row.driver,
                            "propagation", mount.propagation(),
                            "read/write", Boolean.toString(mount.writable())));
        }
    }

    /** @return whether any was mounted */
    public boolean unmounted(String container) {
        return inTransaction(() -> {
            var mounted = references.ofContainer(container).stream()
                    .filter(reference -> reference.mounted)
                    .toList();
            mounted.forEach(this::unmounted);
            return !mounted.isEmpty();
        });
    }

    /** The end of a container is heard of twice, side by side: whoever has the volume's lock second finds it said. */
    private void unmounted(ReferenceRow reference) {
        var volume = locked(reference.volume);
        if (references.mounted(reference.key)) {
            volume.ifPresent(
                    row -> say(row, "unmount", Map.of("container", reference.key.containerId(), "driver", row.driver)));
            reference.mounted = false;
        }
    }

    /** Containers that refer to volumes since before a moment. */
    public List<String> claimants(Instant before) {
        return inTransaction(() -> references.list("claimedAt < ?1", nanos(before)).stream()
                .map(reference -> reference.key.containerId())
                .distinct()
                .toList());
    }

    /** What the end of a container comes to: whether it referred to anything, and the volumes that are to be deleted now. */
    public record Released(boolean changed, List<Volume> doomed) {}

    /** @param removeAnonymous volumes that nobody named and nobody else refers to are doomed in the same commit */
    public Released release(String container, boolean removeAnonymous) {
        return inTransaction(() -> {
            var own = references.ofContainer(container);
            var doomed = new ArrayList<Volume>();
            for (var reference : own) {
                var row = locked(reference.volume);
                if (reference.mounted) {
                    unmounted(reference);
                }
                references.delete(reference);
                references.flush();
                row.filter(volume -> removeAnonymous
                                && reference.anonymous
                                && references.users(volume.name).isEmpty())
                        .ifPresent(volume -> doomed.add(doom(volume)));
            }
            return new Released(!own.isEmpty(), doomed);
        });
    }

    private static Volume doom(VolumeRow row) {
        row.removing = true;
        return row.volume(List.of());
    }

    /**
     * From now on nobody can refer to it; whoever calls this deletes its directory and then says {@link #removed}.
     *
     * @throws dev.gantry.contracts.error.GantryException NO_SUCH_VOLUME, VOLUME_IN_USE
     */
    public Volume doom(String name) {
        return inTransaction(() -> {
            var row = locked(name).filter(VolumeRow::made).orElseThrow(() -> ErrorCode.NO_SUCH_VOLUME.with(name));
            var users = references.users(name);
            if (!users.isEmpty()) {
                throw ErrorCode.VOLUME_IN_USE.with(name, String.join(", ", users));
            }
            return doom(row);
        });
    }

    /** Its directory is gone. */
    public void removed(String name) {
        inTransaction(() -> {
            locked(name).filter(row -> row.removing).ifPresent(row -> {
                if (row.made()) {
                    say(row, "destroy", Map.of("driver", row.driver));
                    events.outbox()
                            .append(OutboxRecord.tombstone(
                                    ObjectKind.VOLUME, row.name, row.version, Instant.ofEpochSecond(0, row.lastEvent)));
                }
                delete(row);
            });
            return true;
        });
    }

    /** An event of no volume: its actor has no id. */
    public void pruned(long reclaimed) {
        inTransaction(() -> {
            var now = Instant.now();
            var attributes = Map.of("reclaimed", Long.toString(reclaimed));
            var event =
                    CloudEvent.of(SERVICE, ObjectKind.VOLUME, "prune", "", attributes, now.toEpochMilli(), nanos(now));
            events.outbox().append(event);
            return true;
        });
    }

    private Optional<VolumeRow> locked(String name) {
        return Optional.ofNullable(findById(name, LockModeType.PESSIMISTIC_WRITE));
    }

    /** The volume's row is locked or new, so versions and times rise in the order of the commits. */
    private void say(VolumeRow row, String action, Map<String, String> attributes) {
        row.version++;
        row.lastEvent = Math.max(nanos(Instant.now()), row.lastEvent + 1);
        events.outbox()
                .append(CloudEvent.of(
                        SERVICE, ObjectKind.VOLUME, action, row.name, attributes, row.version, row.lastEvent));
    }

    private static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }

    private static <T> T inTransaction(Callable<T> work) {
        return QuarkusTransaction.requiringNew().call(work);
    }
}
