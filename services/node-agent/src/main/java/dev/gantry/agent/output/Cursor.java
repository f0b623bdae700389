package dev.gantry.agent.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** One reader's place in a spool. Not for several threads. */
final class Cursor implements AutoCloseable {
    private static final int MARKS_AT_ONCE = 512;

    private final Spool spool;
    private final SpoolFiles files;
    private final Map<Stream, FileChannel> bytes = new EnumMap<>(Stream.class);
    private final ByteBuffer window =
            ByteBuffer.allocate(MARKS_AT_ONCE * MarkCodec.BYTES).limit(0);
    private Optional<FileChannel> index = Optional.empty();
    private long windowStart;
    private long next;

    Cursor(Spool spool, SpoolFiles files, long next) {
        this.spool = spool;
        this.files = files;
        this.next = next;
        spool.reading(this);
    }

    /** The files are about to be deleted: opened now, they can be read to their end. */
    synchronized void pin() {
        try {
            index();
            for (var stream : Stream.values()) {
                channel(stream);
            }
        } catch (NoSuchFileException e) {
            // nothing was ever written there
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + files.directory(), e);
        }
    }

    /** The number of the mark that {@link #poll} answers next. */
    long position() {
        return next;
    }

    /** The next mark, or empty at the end of what is there. */
    Optional<Mark> poll() {
        if (next >= spool.count()) {
            return Optional.empty();
        }
        return Optional.of(at(next++));
    }

    /** Any mark that is there; the next one stays the next one. */
    Mark at(long number) {
        try {
            return mark(number);
        } catch (ClosedByInterruptException e) {
            throw gone(e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + files.index(), e);
        }
    }

    /** Goes on with that mark. */
    void seek(long number) {
        next = number;
    }

    /** Waits for a mark. @return false when the spool was removed */
    boolean await() throws InterruptedException {
        return spool.awaitMore(next, Long.MAX_VALUE);
    }

    /** Waits for a mark so long. @return false when none came or the spool was removed */
    boolean await(long nanos) throws InterruptedException {
        return spool.awaitMore(next, nanos);
    }

    /** The bytes {@code [from, from + length)} of a stream, which a mark has promised. */
    byte[] read(Stream stream, long from, int length) {
        var into = ByteBuffer.allocate(length);
        try {
            var channel = channel(stream);
            for (var at = from; into.hasRemaining(); ) {
                var read = channel.read(into, at);
                if (read < 0) {
                    throw new IOException("the file ends at " + at);
                }
                at += read;
            }
            return into.array();
        } catch (ClosedByInterruptException e) {
            throw gone(e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + files.bytes(stream), e);
        }
    }

    private static CancellationException gone(ClosedByInterruptException cause) {
        var gone = new CancellationException("the reader was interrupted");
        gone.initCause(cause);
        return gone;
    }

    private Mark mark(long number) throws IOException {
        if (number < windowStart || number >= windowStart + window.limit() / MarkCodec.BYTES) {
            // Who goes backwards wants those before it as well, or each step would read the file
            fill(number < windowStart ? Math.max(0, number - MARKS_AT_ONCE + 1) : number);
        }
        return MarkCodec.decode(window, (int) (number - windowStart) * MarkCodec.BYTES)
                .orElseThrow(() -> new IOException("record " + number + " is damaged"));
    }

    private void fill(long number) throws IOException {
        var from = index();
        window.clear();
        windowStart = number;
        while (window.hasRemaining()) {
            if (from.read(window, number * MarkCodec.BYTES + window.position()) <= 0) {
                break;
            }
        }
        window.flip();
    }

    private synchronized FileChannel index() throws IOException {
        if (index.isEmpty()) {
            index = Optional.of(FileChannel.open(files.index(), StandardOpenOption.READ));
        }
        return index.get();
    }

    private synchronized FileChannel channel(Stream stream) throws IOException {
        var open = bytes.get(stream);
        if (open != null) {
            return open;
        }
        var opened = FileChannel.open(files.bytes(stream), StandardOpenOption.READ);
        bytes.put(stream, opened);
        return opened;
    }

    @Override
    public synchronized void close() {
        spool.read(this);
        try {
            for (var channel : bytes.values()) {
                channel.close();
            }
            if (index.isPresent()) {
                index.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a reader of " + files.directory(), e);
        }
    }
}
