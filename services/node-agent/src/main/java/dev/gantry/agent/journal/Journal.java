package dev.gantry.agent.journal;

import dev.gantry.contracts.rpc.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * One container's journal. An entry counts once its bytes are in the page cache: that survives every end of this process. They are not
 * forced to the disk: what a crash of the host may take (the last seconds) is described in docs/decisions/0004.
 */
public final class Journal {
    private static final int COMPACT_AT = 256 << 10;

    private final Path file;
    private ContainerState state;
    private long length;

    /** Of the snapshot it begins with: a large one is not written again for every entry. */
    private long snapshot;

    private Journal(Path file, ContainerState state, long length) {
        this.file = file;
        this.state = state;
        this.length = length;
    }

    /** Reads what is there; a torn end is overwritten by the next entry. */
    public static Journal open(Path file) {
        try {
            var read = EntryCodec.decode(Files.readAllBytes(file));
            var state = ContainerState.EMPTY;
            for (var entry : read.entries()) {
                state = state.after(entry);
            }
            return new Journal(file, state, read.length());
        } catch (NoSuchFileException e) {
            return new Journal(file, ContainerState.EMPTY, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the journal " + file + ": " + e.getMessage(), e);
        }
    }

    public synchronized ContainerState state() {
        return state;
    }

    /** When this returns, a kill -9 no longer takes the entry away. */
    public synchronized void append(Entry entry) {
        var next = state.after(entry);
        if (length > COMPACT_AT + 2 * snapshot) {
            replace(EntryCodec.encode(new Entry.Snapshot(next)));
        } else {
            write(EntryCodec.encode(entry));
        }
        state = next;
    }

    /** Gives the fact its sequence, writes it, and answers it as it is to be sent. */
    public synchronized Observation observe(Observation.Builder fact) {
        var observation = fact.setSequence(state.sequence() + 1).build();
        append(new Entry.Observed(observation));
        return observation;
    }

    public synchronized void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the journal " + file + ": " + e.getMessage(), e);
        }
    }

    /** At the known length, never at the file's end: behind torn bytes nobody would find the entry. */
    private void write(ByteBuffer bytes) {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (channel.size() > length) {
                channel.truncate(length);
            }
            length += writeFully(channel, bytes, length);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the journal " + file + ": " + e.getMessage(), e);
        }
    }

    private void replace(ByteBuffer bytes) {
        var temporary = file.resolveSibling(file.getFileName() + ".new");
        try (var channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var written = writeFully(channel, bytes, 0);
            channel.force(true);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            length = written;
            snapshot = written;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot rewrite the journal " + file + ": " + e.getMessage(), e);
        }
    }

    private static long writeFully(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        var at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        return at - position;
    }
}
