package dev.gantry.linux.launch;

import java.util.List;

/** Numeric user, group and supplementary groups. */
public record Identity(int uid, int gid, List<Integer> groups) {
    public static final Identity ROOT = new Identity(0, 0, List.of());

    public Identity {
        groups = List.copyOf(groups);
    }
}
