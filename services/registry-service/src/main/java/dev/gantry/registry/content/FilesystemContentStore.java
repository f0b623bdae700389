package dev.gantry.registry.content;

import dev.gantry.oci.digest.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Content as files: {@code blobs/<algorithm>/<first two digits>/<digits>}, ingests as {@code uploads/<id>} on the same filesystem, so that a
 * rename makes them content in one step.
 */
public final class FilesystemContentStore implements ContentStore {
    private final Path blobs;
    private final Path uploads;

    /** Makes the directories, for their owner alone. */
    public FilesystemContentStore(Path root) throws IOException {
        blobs = directory(root.resolve("blobs"));
        uploads = directory(root.resolve("uploads"));
    }

    private static Path directory(Path path) throws IOException {
        return Files.createDirectories(
                path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    @Override
    public Ingest begin(UUID id) throws IOException {
        return FileIngest.begin(this, id, uploads.resolve(id.toString()));
    }

    @Override
    public Optional<Ingest> resume(UUID id) throws IOException {
        Path file = uploads.resolve(id.toString());
        return Files.exists(file) ? Optional.of(FileIngest.resume(this, id, file)) : Optional.empty();
    }

    @Override
    public Optional<SeekableByteChannel> open(Digest digest) throws IOException {
        try {
            return Optional.of(FileChannel.open(path(digest), StandardOpenOption.READ));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void delete(Digest digest) throws IOException {
        Path file = path(digest);
        if (Files.deleteIfExists(file)) {
            sync(parent(file));
        }
    }

    /** The file's bytes are on disk already; the name is once the directories are. */
    void adopt(Path ingested, Digest digest) throws IOException {
        Path file = path(digest);
        Path shard = parent(file);
        boolean isNew = !Files.isDirectory(shard);
        directory(shard);
        Files.move(ingested, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        sync(shard);
        if (isNew) {
            sync(parent(shard));
            sync(blobs);
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path path(Digest digest) {
        String hex = digest.hex();
        return blobs.resolve(digest.algorithm().word())
                .resolve(hex.substring(0, 2))
                .resolve(hex);
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalStateException(file + " has no parent");
        }
        return parent;
    }

    @Override
    public List<Stored> all() throws IOException {
        List<Stored> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(blobs, 3)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = parent(parent(file)).getFileName() + ":" + file.getFileName();
                if (Digest.isValid(text)) {
                    found.add(new Stored(Digest.parse(text), Files.size(file)));
                }
            }
        }
        return found;
    }

    @Override
    public List<Unfinished> unfinished() throws IOException {
        List<Unfinished> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(uploads)) {
            for (Path file : files.toList()) {
                id(file).ifPresent(id -> touched(file).ifPresent(when -> found.add(new Unfinished(id, when))));
            }
        }
        return found;
    }

    private static Optional<UUID> id(Path file) {
        try {
            return Optional.of(UUID.fromString(String.valueOf(file.getFileName())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Nothing when it was finished meanwhile. */
    private static Optional<java.time.Instant> touched(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void abort(UUID id) throws IOException {
        Files.deleteIfExists(uploads.resolve(id.toString()));
    }
}
