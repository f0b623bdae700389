package dev.gantry.image.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Chunks from one thread to another, at most {@value #AHEAD} of them waiting. */
final class Pipe extends InputStream {
    private static final int AHEAD = 8;
    private static final int LARGEST = 256 << 10;
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(AHEAD);
    private volatile @Nullable IOException failure;
    private byte[] current = new byte[0];
    private int position;
    private boolean ended;

    /**
     * Waits while the reader is behind.
     *
     * @param readerIsGone asked now and then while waiting
     * @return false when the reader is gone
     */
    boolean write(byte[] bytes, int offset, int length, BooleanSupplier readerIsGone) throws InterruptedException {
        for (int done = 0; done < length; done += LARGEST) {
            int start = offset + done;
            if (!put(Arrays.copyOfRange(bytes, start, start + Math.min(LARGEST, length - done)), readerIsGone)) {
                return false;
            }
        }
        return true;
    }

    /** No more comes. */
    boolean end(BooleanSupplier readerIsGone) throws InterruptedException {
        return put(END, readerIsGone);
    }

    /** The reader fails with this as soon as it looks. */
    void fail(IOException why) {
        failure = why;
        chunks.clear();
        var _ = chunks.offer(END);
    }

    private boolean put(byte[] chunk, BooleanSupplier readerIsGone) throws InterruptedException {
        while (!chunks.offer(chunk, 200, TimeUnit.MILLISECONDS)) {
            if (readerIsGone.getAsBoolean()) {
                return false;
            }
        }
        return true;
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
        while (position == current.length) {
            if (!next()) {
                return -1;
            }
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean next() throws IOException {
        if (!ended) {
            try {
                current = chunks.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("interrupted while sending a blob").initCause(e);
            }
            position = 0;
            ended = current.length == 0;
        }
        IOException why = failure;
        if (why != null) {
            throw new IOException(why.getMessage(), why);
        }
        return !ended;
    }
}
