package dev.gantry.oci.digest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Digests what is read through it. What is skipped is read too, so the digest is always of the bytes from the start on. */
public final class DigestInputStream extends FilterInputStream {
    private static final int SKIP_BUFFER = 16 << 10;

    private final Digester digester;

    public DigestInputStream(InputStream in, Digester digester) {
        super(in);
        this.digester = digester;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
            digester.update(target, offset, count);
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] buffer = new byte[Math.clamp(count, 1, SKIP_BUFFER)];
        return Math.max(0, read(buffer, 0, Math.clamp(count, 0, buffer.length)));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads to the end and compares. */
    public void verify(Digest expected) throws IOException {
        byte[] buffer = new byte[SKIP_BUFFER];
        while (read(buffer, 0, buffer.length) >= 0) {
            // only the digest is wanted
        }
        Digest actual = digester.digest();
        if (!actual.equals(expected)) {
            throw new DigestMismatchException(expected, actual);
        }
    }
}
