package dev.gantry.linux.capability;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A capability of capabilities(7), in the order of its bit in {@code linux/capability.h}. */
public enum Capability {
    CHOWN,
    DAC_OVERRIDE,
    DAC_READ_SEARCH,
    FOWNER,
    FSETID,
    KILL,
    SETGID,
    SETUID,
    SETPCAP,
    LINUX_IMMUTABLE,
    NET_BIND_SERVICE,
    NET_BROADCAST,
    NET_ADMIN,
    NET_RAW,
    IPC_LOCK,
    IPC_OWNER,
    SYS_MODULE,
    SYS_RAWIO,
    SYS_CHROOT,
    SYS_PTRACE,
    SYS_PACCT,
    SYS_ADMIN,
    SYS_BOOT,
    SYS_NICE,
    SYS_RESOURCE,
    SYS_TIME,
    SYS_TTY_CONFIG,
    MKNOD,
    LEASE,
    AUDIT_WRITE,
    AUDIT_CONTROL,
    SETFCAP,
    MAC_OVERRIDE,
    MAC_ADMIN,
    SYSLOG,
    WAKE_ALARM,
    BLOCK_SUSPEND,
    AUDIT_READ,
    PERFMON,
    BPF,
    CHECKPOINT_RESTORE;

    static final String PREFIX = "CAP_";
    private static final Map<String, Capability> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Capability::fullName, Function.identity()));

    /** As the API and the seccomp profile write it: {@code CAP_CHOWN}. */
    public String fullName() {
        return PREFIX + name();
    }

    /** The bit in a 64-bit set, 0 to 40. */
    @SuppressWarnings("EnumOrdinal") // the order is the kernel's and part of its ABI
    public int bit() {
        return ordinal();
    }

    /** @param fullName in upper case with its prefix */
    public static Optional<Capability> named(String fullName) {
        return Optional.ofNullable(BY_NAME.get(fullName));
    }
}
