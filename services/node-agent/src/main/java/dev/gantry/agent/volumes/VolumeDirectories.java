package dev.gantry.agent.volumes;

import dev.gantry.agent.files.Trees;
import dev.gantry.contracts.docker.mount.VolumeName;
import dev.gantry.contracts.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The directories of this host's volumes. Each call may be repeated; calls about one volume follow one another. */
public final class VolumeDirectories {
    static final String DATA = "_data";

    /** Users of the host may pass through, to what they know by name, and not look around. */
    private static final String PASSAGE = "rwx-----x";

    private static final String OPEN = "rwxr-xr-x";
    private static final int STRIPES = 64;

    private final Path volumes;
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    /** @param volumes the directory with one directory per volume, made when missing */
    public VolumeDirectories(Path volumes) {
        this.volumes = volumes;
        Arrays.setAll(stripes, i -> new ReentrantLock());
    }

    /**
     * The volume's files, made when they are missing.
     *
     * @throws dev.gantry.contracts.error.GantryException for a name that is none
     */
    public Path make(String name) {
        var directory = directory(name);
        return holding(name, () -> {
            try {
                make(volumes, PASSAGE);
                make(directory, PASSAGE);
                return make(directory.resolve(DATA), OPEN);
            } catch (IOException e) {
                throw new UncheckedIOException("make volume " + name + " in " + volumes, e);
            }
        });
    }

    private static Path make(Path directory, String mode) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(directory); // others may make the same one for their volume
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
        }
        return directory;
    }

    /** The names of those that are here. */
    public List<String> all() {
        if (!Files.isDirectory(volumes)) {
            return List.of();
        }
        try (var directories = Files.list(volumes)) {
            return directories
                    .map(directory -> String.valueOf(directory.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("list the volumes in " + volumes, e);
        }
    }

    /**
     * Deletes a volume. What is not there is success.
     *
     * @return the bytes that its files took
     */
    public long remove(String name) {
        var directory = directory(name);
        return holding(name, () -> {
            try {
                var size = size(directory);
                Trees.delete(directory);
                return size;
            } catch (IOException e) {
                throw new UncheckedIOException("delete volume " + name + " in " + volumes, e);
            }
        });
    }

    /** Sizes as their users see them; nobody writes there any more, and what cannot be looked at counts nothing. */
    private static long size(Path directory) throws IOException {
        var size = new long[1];
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    size[0] += attributes.isRegularFile() ? attributes.size() : 0;
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return size[0];
    }

    /** Of the volume itself: its files are in {@value #DATA}, what is on its way there beside it. */
    Path directory(String name) {
        if (!VolumeName.valid(name)) {
            throw ErrorCode.INVALID_PARAMETER.with("\"" + name + "\" is no name of a volume");
        }
        return volumes.resolve(name);
    }

    /** While this runs nobody else makes, fills or deletes the volume. */
    <T> T holding(String name, Supplier<T> work) {
        var lock = stripes[Math.floorMod(name.hashCode(), STRIPES)];
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
