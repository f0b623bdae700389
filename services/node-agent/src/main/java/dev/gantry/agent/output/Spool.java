package dev.gantry.agent.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * All that a container ever wrote, over all its runs. One writer appends; any number of readers follow with a {@link Cursor} each. The
 * files are the truth: what they hold survives kill -9 of this process, and the index is completed from them at the next opening.
 */
public final class Spool {
    private final SpoolFiles files;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Map<Stream, Long> lengths = new EnumMap<>(Stream.class);
    private final Set<Cursor> readers = ConcurrentHashMap.newKeySet();
    private long marks;
    private boolean inRun;
    private boolean removed;

    private Spool(Path directory) {
        this.files = new SpoolFiles(directory);
    }

    /** @param now for bytes that a crash left without a time, nanoseconds since the epoch */
    public static Spool open(Path directory, long now) {
        var spool = new Spool(directory);
        try {
            spool.recover(now);
            return spool;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the spool in " + directory, e);
        }
    }

    /** Whether anything was ever noted of a run. */
    public boolean exists() {
        return Files.exists(files.index());
    }

    private void recover(long now) throws IOException {
        for (var stream : Stream.values()) {
            lengths.put(stream, size(files.bytes(stream)));
        }
        var index = Files.exists(files.index()) ? Files.readAllBytes(files.index()) : new byte[0];
        var recovery = Recovery.of(index, lengths, now);
        marks = recovery.kept();
        recovery.marks().subList(0, recovery.kept()).forEach(this::follow);
        for (var missing :
                recovery.marks().subList(recovery.kept(), recovery.marks().size())) {
            append(missing);
        }
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    Path file(Stream stream) {
        return files.bytes(stream);
    }

    /** Where the stream's next byte goes. */
    long length(Stream stream) {
        return locked(() -> lengths.getOrDefault(stream, 0L));
    }

    public void begin(long run, long at) {
        append(new Mark.Begin(at, run));
    }

    public void end(long run, long at) {
        append(new Mark.End(at, run));
    }

    /** The kernel has put so many more bytes into the stream's file. */
    void spooled(Stream stream, int bytes, long at) {
        var _ = locked(() -> {
            var offset = length(stream);
            append(new Mark.Chunk(at, stream, offset, bytes));
            return lengths.put(stream, offset + bytes);
        });
    }

    /** Whether anything came since the last run began. */
    public boolean wroteInLastRun() {
        try (var cursor = fromStart()) {
            for (var mark = count() - 1; mark >= 0; mark--) {
                switch (cursor.at(mark)) {
                    case Mark.Chunk _ -> {
                        return true;
                    }
                    case Mark.Begin _ -> {
                        return false;
                    }
                    case Mark.End _ -> {}
                }
            }
        }
        return false;
    }

    /**
     * What is there at one moment.
     *
     * @param marks how many
     * @param inRun whether a run has begun and not ended
     */
    record Extent(long marks, boolean inRun) {}

    Extent extent() {
        return locked(() -> new Extent(marks, inRun));
    }

    /** Those that anything was ever written to. */
    Set<Stream> usedStreams() {
        return locked(() -> Arrays.stream(Stream.values())
                .filter(stream -> length(stream) > 0)
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Reads from the very beginning. */
    Cursor fromStart() {
        return new Cursor(this, files, 0);
    }

    /** Reads from that mark on. */
    Cursor from(long mark) {
        return new Cursor(this, files, mark);
    }

    long count() {
        return locked(() -> marks);
    }

    /** Waits until there are more marks than {@code known}. @return whether there are; false: time is up, or the spool was removed */
    boolean awaitMore(long known, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (var left = nanos; marks <= known && !removed && left > 0; ) {
                left = grown.awaitNanos(left);
            }
            return marks > known;
        } finally {
            lock.unlock();
        }
    }

    void reading(Cursor cursor) {
        readers.add(cursor);
    }

    void read(Cursor cursor) {
        readers.remove(cursor);
    }

    /** Deletes the files. Readers get what is there, and then go. */
    public void remove() {
        lock.lock();
        try {
            readers.forEach(Cursor::pin);
            removed = true;
            grown.signalAll();
            for (var file : files.all()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the spool in " + files.directory(), e);
        } finally {
            lock.unlock();
        }
    }

    private void append(Mark mark) {
        lock.lock();
        try (var channel = FileChannel.open(files.index(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            write(channel, MarkCodec.encode(mark), marks * MarkCodec.BYTES);
            marks++;
            follow(mark);
            grown.signalAll();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + files.index(), e);
        } finally {
            lock.unlock();
        }
    }

    private void follow(Mark mark) {
        inRun = mark instanceof Mark.Begin || (inRun && !(mark instanceof Mark.End));
    }

    @Override
    public String toString() {
        return files.directory().toString();
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        var at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
