package dev.gantry.agent.archive;

import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.Out;
import dev.gantry.linux.Sys;
import java.util.ArrayList;
import java.util.List;

/** The names in an open directory, some at a time (getdents64(2)), so that a directory of millions takes no memory. */
final class Listing {
    private static final int BUFFER = 32 << 10;
    private static final int NAME = 19; // d_ino 8, d_off 8, d_reclen 2, d_type 1

    private final Kernel kernel;
    private final Fd directory;

    /** @param directory opened for reading, and read by nobody else */
    Listing(Kernel kernel, Fd directory) {
        this.kernel = kernel;
        this.directory = directory;
    }

    /** The next names without NUL, without {@code .} and {@code ..}; empty at the end. */
    List<byte[]> next() {
        List<byte[]> names = new ArrayList<>();
        while (names.isEmpty()) {
            Out out = Out.of(BUFFER);
            int filled = (int) kernel.call(Sys.GETDENTS64, directory, out, BUFFER);
            if (filled == 0) {
                return names;
            }
            collect(out, filled, names);
        }
        return names;
    }

    private static void collect(Out out, int filled, List<byte[]> names) {
        for (int at = 0; at < filled; at += out.buffer().getShort(at + 16) & 0xffff) {
            int end = at + NAME;
            while (out.bytes()[end] != 0) {
                end++;
            }
            byte[] name = java.util.Arrays.copyOfRange(out.bytes(), at + NAME, end);
            if (!isDots(name)) {
                names.add(name);
            }
        }
    }

    private static boolean isDots(byte[] name) {
        return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
    }
}
