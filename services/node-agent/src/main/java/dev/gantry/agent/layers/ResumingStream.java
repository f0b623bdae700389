package dev.gantry.agent.layers;

import dev.gantry.oci.digest.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;

/** A blob that is asked for again from where it stopped, until it fails several times without a byte in between. */
final class ResumingStream extends InputStream {
    private static final int FRUITLESS_ATTEMPTS = 4;

    private final BlobSource source;
    private final Digest digest;
    private final long size;
    private final Duration pause;
    private InputStream current = InputStream.nullInputStream();
    private boolean open;
    private boolean ended;
    private long offset;
    private int failures;

    /** @param size negative: not known, then an early end is found out by the digest only */
    ResumingStream(BlobSource source, Digest digest, long size, Duration pause) {
        this.source = source;
        this.digest = digest;
        this.size = size;
        this.pause = pause;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
        while (!ended && offset != size) {
            try {
                int count = readOnce(target, start, length);
                if (count >= 0) {
                    offset += count;
                    failures = 0;
                    return count;
                }
                ended = true;
            } catch (InterruptedIOException e) {
                throw new TransportException(String.valueOf(e.getMessage()), e);
            } catch (IOException e) {
                retryAfter(e);
            }
        }
        return -1;
    }

    private int readOnce(byte[] target, int start, int length) throws IOException {
        if (!open) {
            current = source.open(digest, offset);
            open = true;
        }
        int count = current.read(target, start, length);
        if (count < 0 && size >= 0) {
            throw new EOFException("blob " + digest + " ended after " + offset + " of " + size + " bytes");
        }
        return count;
    }

    private void retryAfter(IOException failure) throws IOException {
        close();
        if (++failures >= FRUITLESS_ATTEMPTS) {
            throw new TransportException(String.valueOf(failure.getMessage()), failure);
        }
        try {
            Thread.sleep(pause.multipliedBy(failures));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException("interrupted while fetching blob " + digest, failure);
        }
    }

    @Override
    public void close() throws IOException {
        open = false;
        current.close();
    }
}
