package dev.gantry.volume.store;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A volume and who refers to it.
 *
 * @param created nanoseconds since the epoch
 * @param labels null: none were given
 * @param options likewise
 * @param users full ids of containers, each once
 * @param removing its directory is being deleted
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

    public boolean inUse() {
        return !users.isEmpty();
    }

    public boolean anonymous() {
        return labels != null && labels.containsKey(ANONYMOUS);
    }
}
