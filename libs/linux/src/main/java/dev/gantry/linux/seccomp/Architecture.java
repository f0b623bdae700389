package dev.gantry.linux.seccomp;

import java.util.Arrays;
import java.util.Optional;

/** The ways into the kernel of an x86-64 machine. */
enum Architecture {
    X86_64("SCMP_ARCH_X86_64", 0xc000003eL, 0),
    X86("SCMP_ARCH_X86", 0x40000003L, 1),
    /** Shares the token of x86-64; its call numbers have bit 30 set. */
    X32("SCMP_ARCH_X32", 0xc000003eL, 2);

    static final long X32_BIT = 0x4000_0000L;

    private final String profileName;
    private final long auditToken;
    private final int column;

    Architecture(String profileName, long auditToken, int column) {
        this.profileName = profileName;
        this.auditToken = auditToken;
        this.column = column;
    }

    /** AUDIT_ARCH_* of linux/audit.h, what {@code seccomp_data.arch} holds. */
    long auditToken() {
        return auditToken;
    }

    /** Where its numbers stand in the table of system calls. */
    int column() {
        return column;
    }

    /** Whether 64 bits of an argument are looked at; libseccomp sees 32 of x32 as well. */
    boolean wide() {
        return this == X86_64;
    }

    static Optional<Architecture> named(String profileName) {
        return Arrays.stream(values())
                .filter(known -> known.profileName.equals(profileName))
                .findFirst();
    }
}
