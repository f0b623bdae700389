package dev.gantry.agent.archive;

import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.Out;
import dev.gantry.linux.Sys;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** An open file's bytes. It does not close the file. */
final class FdInput extends InputStream {
    private static final int BUFFER = 64 << 10;

    private final Kernel kernel;
    private final Fd file;
    private final byte[] buffer = new byte[BUFFER];

    FdInput(Kernel kernel, Fd file) {
        this.kernel = kernel;
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        int count = (int) kernel.call(Sys.READ, file, Out.into(buffer), Math.min(length, BUFFER));
        System.arraycopy(buffer, 0, target, offset, count);
        return count == 0 ? -1 : count;
    }
}
