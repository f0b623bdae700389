package dev.gantry.contracts.docker.mount;

import dev.gantry.contracts.docker.container.MountPoint;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mount point of a container, and what its host has to know of it beyond what Docker shows.
 *
 * @param point as inspect shows it; a volume's source is empty until it is made
 * @param anonymous a volume that nobody named: it may go with the container
 * @param copyUp an empty volume first gets what the image has at the destination
 * @param makeSource of a bind: a missing source is made as a directory
 * @param subpath of a volume: a directory in it, or empty
 * @param options as in {@code gantry.v1.MountPlan}
 * @param driverOptions of a volume, should it be made
 * @param labels likewise; null: none were given
 */
public record PlannedMount(
        MountPoint point,
        boolean anonymous,
        boolean copyUp,
        boolean makeSource,
        String subpath,
        List<String> options,
        Map<String, String> driverOptions,
        @Nullable Map<String, String> labels) {
    public static final String VOLUME = "volume";
    public static final String BIND = "bind";
    public static final String TMPFS = "tmpfs";

    public PlannedMount {
        options = List.copyOf(options);
        driverOptions = Map.copyOf(driverOptions);
    }

    public boolean is(String type) {
        return point.type().equals(type);
    }

    public String destination() {
        return point.destination();
    }

    /** The volume exists: where, and whose it is. */
    public PlannedMount made(String driver, String mountpoint) {
        MountPoint made = new MountPoint(
                point.type(),
                point.name(),
                mountpoint,
                point.destination(),
                driver,
                point.mode(),
                point.rw(),
                point.propagation());
        return new PlannedMount(made, anonymous, copyUp, makeSource, subpath, options, driverOptions, labels);
    }

    /** The same for a container that takes over another one's volumes: nothing is copied into them any more. */
    PlannedMount taken(boolean writable) {
        MountPoint taken = new MountPoint(
                point.type(),
                point.name(),
                point.source(),
                point.destination(),
                point.driver(),
                "",
                point.rw() && writable,
                point.propagation());
        return new PlannedMount(taken, anonymous, false, makeSource, subpath, options, driverOptions, labels);
    }
}
