package dev.gantry.agent.volumes;

import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.Out;
import dev.gantry.linux.Sys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The names in a directory, as the bytes they are, each ended by a NUL (getdents64(2)). */
final class Names {
    private static final int BUFFER = 32 << 10;
    private static final int RECORD_LENGTH = 16;
    private static final int NAME = 19;

    private Names() {}

    /** @param directory open for reading, at its beginning */
    static List<byte[]> in(Kernel kernel, Fd directory) {
        var names = new ArrayList<byte[]>();
        var records = Out.of(BUFFER);
        for (long size = read(kernel, directory, records); size > 0; size = read(kernel, directory, records)) {
            collect(records, (int) size, names);
        }
        return names;
    }

    private static long read(Kernel kernel, Fd directory, Out records) {
        return kernel.call(Sys.GETDENTS64, directory, records, BUFFER);
    }

    private static void collect(Out out, int size, List<byte[]> names) {
        var records = out.buffer();
        for (int at = 0; at < size; at += Short.toUnsignedInt(records.getShort(at + RECORD_LENGTH))) {
            int end = at + NAME;
            while (records.get(end) != 0) {
                end++;
            }
            var name = Arrays.copyOfRange(out.bytes(), at + NAME, end + 1);
            if (!dots(name)) {
                names.add(name);
            }
        }
    }

    private static boolean dots(byte[] name) {
        return name[0] == '.' && (name.length == 2 || (name[1] == '.' && name.length == 3));
    }

    /** There is no call for attributes that takes a directory and a name; the magic link is our own descriptor's. */
    static byte[] through(Fd parent, byte[] name) {
        var prefix = ("/proc/self/fd/" + parent.number() + "/").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(prefix.length + name.length)
                .put(prefix)
                .put(name)
                .array();
    }

    static String text(byte[] name) {
        return new String(name, 0, name.length - 1, StandardCharsets.UTF_8);
    }
}
