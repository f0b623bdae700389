package dev.gantry.contracts.docker.create;

import dev.gantry.contracts.docker.Empty;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of {@code capabilities(7)} in the form Docker stores: {@code CAP_NET_ADMIN}; {@code ALL} stays. */
final class Capabilities {
    private static final String NAMES = "CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP"
            + " LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO"
            + " SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD"
            + " LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ"
            + " PERFMON BPF CHECKPOINT_RESTORE";
    private static final Set<String> KNOWN = Set.of(NAMES.split(" "));

    private Capabilities() {}

    /** @param field the name in messages: {@code CapAdd} */
    static @Nullable List<String> normalised(String field, @Nullable List<String> asked) {
        return asked == null
                ? null
                : Empty.ifNull(asked).stream()
                        .map(name -> normalised(field, name))
                        .toList();
    }

    private static String normalised(String field, String asked) {
        String upper = asked.toUpperCase(Locale.ROOT);
        if (upper.equals("ALL")) {
            return upper;
        }
        String name = upper.startsWith("CAP_") ? upper.substring(4) : upper;
        if (!KNOWN.contains(name)) {
            throw ConfigRules.refused("invalid " + field + ": unknown capability: \"CAP_" + name + "\"");
        }
        return "CAP_" + name;
    }
}
