package dev.gantry.linux.cgroup;

import java.util.regex.Pattern;

/** What may be a group's name below an instance: nothing that could be another path. */
final class ContainerIds {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{1,64}");

    private ContainerIds() {}

    static boolean valid(String id) {
        return ID.matcher(id).matches();
    }

    static String require(String id) {
        if (!valid(id)) {
            throw new IllegalArgumentException("container id is not 1 to 64 hex digits");
        }
        return id;
    }
}
