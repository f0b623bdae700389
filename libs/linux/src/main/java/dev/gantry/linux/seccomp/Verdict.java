package dev.gantry.linux.seccomp;

import java.util.OptionalInt;

/**
 * What the filter returns for a call.
 *
 * @param value SECCOMP_RET_* of linux/seccomp.h with its data, unsigned 32 bits
 */
record Verdict(int value) {
    static final Verdict KILL_PROCESS = new Verdict(0x8000_0000);
    static final Verdict KILL_THREAD = new Verdict(0);
    static final Verdict LOG = new Verdict(0x7ffc_0000);
    static final Verdict ALLOW = new Verdict(0x7fff_0000);
    private static final int TRAP = 0x0003_0000;
    private static final int ERRNO = 0x0005_0000;
    private static final int TRACE = 0x7ff0_0000;
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    /** What the kernel lets pass as an error number; it cuts off higher ones. */
    private static final int MAX_ERRNO = 4095;

    static final Verdict NO_SUCH_CALL = errno(ENOSYS);

    static Verdict errno(int number) {
        return new Verdict(ERRNO | number);
    }

    /** @throws SeccompException for an action that does not exist or is not supported */
    static Verdict named(String action, OptionalInt errno) {
        var number = errno.orElse(EPERM);
        if (number < 0 || number > MAX_ERRNO) {
            throw new SeccompException("errnoRet " + number + " is not between 0 and " + MAX_ERRNO);
        }
        return switch (action) {
            case "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD" -> KILL_THREAD;
            case "SCMP_ACT_KILL_PROCESS" -> KILL_PROCESS;
            case "SCMP_ACT_TRAP" -> new Verdict(TRAP);
            case "SCMP_ACT_ERRNO" -> errno(number);
            case "SCMP_ACT_TRACE" -> new Verdict(TRACE | number);
            case "SCMP_ACT_LOG" -> LOG;
            case "SCMP_ACT_ALLOW" -> ALLOW;
            case "SCMP_ACT_NOTIFY" -> throw new SeccompException("action SCMP_ACT_NOTIFY is not supported");
            default -> throw new SeccompException("unknown action \"" + Quoted.bounded(action) + "\"");
        };
    }

    /** Whether a call may go on, so that a call nobody knew when the profile was written may too. */
    boolean permissive() {
        return equals(ALLOW) || equals(LOG) || (value & 0xffff_0000) == TRACE;
    }
}
