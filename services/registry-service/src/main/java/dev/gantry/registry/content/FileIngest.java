package dev.gantry.registry.content;

import dev.gantry.oci.digest.Algorithm;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.digest.DigestMismatchException;
import dev.gantry.oci.digest.Digester;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** A file that grows, digested on the way with SHA-256; a SHA-512 is taken from the file at the end, as nobody uses it. */
final class FileIngest implements Ingest {
    private static final int CHUNK = 256 << 10;

    private final FilesystemContentStore store;
    private final UUID id;
    private final Path file;
    private final FileChannel channel;
    private final Digester digester = Digester.sha256();

    private FileIngest(FilesystemContentStore store, UUID id, Path file, FileChannel channel) {
        this.store = store;
        this.id = id;
        this.file = file;
        this.channel = channel;
    }

    static FileIngest begin(FilesystemContentStore store, UUID id, Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new FileIngest(store, id, file, channel);
    }

    static FileIngest resume(FilesystemContentStore store, UUID id, Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileIngest ingest = new FileIngest(store, id, file, channel);
        try {
            digest(channel, ingest.digester);
            return ingest;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void digest(FileChannel channel, Digester digester) throws IOException {
        byte[] bytes = new byte[CHUNK];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        channel.position(0);
        while (channel.read(buffer.clear()) >= 0) {
            digester.update(bytes, 0, buffer.position());
        }
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public long size() {
        return digester.size();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        channel.position(size()); // after a write that failed half-way, e.g. on a full disk
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        digester.update(bytes, offset, length);
    }

    @Override
    public void commit(Digest expected) throws IOException {
        try {
            channel.truncate(size());
            Digest actual = actual(expected.algorithm());
            if (!actual.equals(expected)) {
                throw new DigestMismatchException(expected, actual);
            }
            channel.force(true);
            store.adopt(file, expected);
        } finally {
            abort();
        }
    }

    private Digest actual(Algorithm algorithm) throws IOException {
        return switch (algorithm) {
            case SHA256 -> digester.digest();
            case SHA512 -> {
                Digester other = Digester.of(algorithm);
                digest(channel, other);
                yield other.digest();
            }
        };
    }

    @Override
    public void abort() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
