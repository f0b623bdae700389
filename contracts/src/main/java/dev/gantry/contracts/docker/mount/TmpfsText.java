package dev.gantry.contracts.docker.mount;

import dev.gantry.contracts.docker.container.Mount;
import dev.gantry.contracts.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code HostConfig.Tmpfs}: a destination and its options as mount(8) has them. */
final class TmpfsText {
    static final List<String> DEFAULTS = List.of("noexec", "nosuid", "nodev", "rprivate");

    private static final Set<String> FLAGS = Set.of(
            "ro",
            "rw",
            "suid",
            "nosuid",
            "dev",
            "nodev",
            "exec",
            "noexec",
            "sync",
            "async",
            "dirsync",
            "atime",
            "noatime",
            "diratime",
            "nodiratime",
            "relatime",
            "norelatime",
            "strictatime",
            "nostrictatime",
            "private",
            "rprivate",
            "slave",
            "rslave",
            "shared",
            "rshared");
    private static final Set<String> DATA = Set.of("mode", "size", "uid", "gid", "nr_inodes", "nr_blocks", "mpol");

    private TmpfsText() {}

    /** @throws dev.gantry.contracts.error.GantryException 400 for a destination or an option that Docker does not take */
    static List<String> options(String destination, String text) {
        Mount mount = asMount(destination);
        if (HostPath.clean(destination).equals("/")) {
            throw MountRules.refused(mount, "invalid specification: destination can't be '/'");
        }
        if (!destination.startsWith("/")) {
            throw MountRules.refused(mount, "invalid mount path: '" + destination + "' mount path must be absolute");
        }
        List<String> options = new ArrayList<>(DEFAULTS);
        for (String option : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            if (!option.equals("defaults")) {
                options.add(checked(option));
            }
        }
        return options;
    }

    private static Mount asMount(String destination) {
        return new Mount(PlannedMount.TMPFS, "", destination, false, "", null, null, null, null);
    }

    private static String checked(String option) {
        int equals = option.indexOf('=');
        boolean known = equals < 0 ? FLAGS.contains(option) : DATA.contains(option.substring(0, equals));
        if (!known) {
            throw ErrorCode.INVALID_PARAMETER.with(
                    "invalid tmpfs option \"" + (equals < 0 ? option : option.substring(0, equals)) + "\"");
        }
        return option;
    }
}
