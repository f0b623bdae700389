package dev.gantry.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What waitid(2) tells of a child.
 *
 * @param signal SIGCHLD (17), or 0 when nobody has changed state
 * @param code CLD_EXITED and so on
 * @param status exit code or signal
 */
public record Siginfo(int signal, int code, int pid, int uid, int status) {
    public static final int SIZE = 128;
    public static final int CLD_EXITED = 1;
    public static final int CLD_KILLED = 2;
    public static final int CLD_DUMPED = 3;

    /** Reads the struct siginfo of x86-64. */
    public static Siginfo parse(byte[] bytes) {
        ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        return new Siginfo(b.getInt(0), b.getInt(8), b.getInt(12), b.getInt(16), b.getInt(24));
    }
}
