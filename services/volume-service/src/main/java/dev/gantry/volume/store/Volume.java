package dev.gantry.volume.store;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A volume and who refers to it.
 *
 * @param mountpoint empty: nobody knows yet whether its directory is there
 * @param created nanoseconds since the epoch
 * @param labels null: none were given
 * @param options likewise
 * @param users full ids of containers, each once
 * @param removing its directory is being deleted, or made
 */
public record Volume(
        String name,
        String driver,
        String node,
        String mountpoint,
        long created,
        @Nullable Map<String, String> labels,
        @Nullable Map<String, String> options,
        List<String> users,
        boolean removing) {
    /** The label that marks a volume as one that nobody named. */
    public static final String ANONYMOUS = "com.docker.volume.anonymous";

    public Volume {
        users = List.copyOf(users);
    }

    /** From its creation on, which is told. */
    public boolean made() {
        return !mountpoint.isEmpty();
    }

    /** As it is when its directory is there. */
    public Volume at(String directory) {
        return new Volume(name, driver, node, directory, created, labels, options, users, false);
    }

    public boolean inUse() {
        return !users.isEmpty();
    }

    public boolean anonymous() {
        return labels != null && labels.containsKey(ANONYMOUS);
    }
}
