package dev.gantry.platform.os;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Directories and files with an owner and a mode, written so that a crash leaves the old content or the new. */
public final class PrivateFiles {
    private static final String OWNER_ONLY_FILE = "rw-------";
    private static final String OWNER_ONLY_DIRECTORY = "rwx------";

    private PrivateFiles() {}

    /** Makes the directory 0700 and the user's own; its parents, where missing, become 0755. */
    public static void directory(Path directory, OsUser owner) throws IOException {
        directory(directory, owner, OWNER_ONLY_DIRECTORY);
    }

    /** @param mode as {@code rwxr-x---} */
    public static void directory(Path directory, OsUser owner, String mode) throws IOException {
        Files.createDirectories(directory);
        own(directory, owner);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
    }

    /** Replaces the file by a new one, 0600 and the owner's from its first byte on. */
    public static void write(Path file, byte[] content, OsUser owner) throws IOException {
        var temporary = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(temporary); // left by a crash
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY_FILE));
        try (var channel = FileChannel.open(temporary, Set.of(CREATE_NEW, WRITE), mode)) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        own(temporary, owner);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    public static void write(Path file, String content, OsUser owner) throws IOException {
        write(file, content.getBytes(StandardCharsets.UTF_8), owner);
    }

    /** Whether the file exists, belongs to the user and is nobody else's to read. */
    public static boolean isPrivate(Path file, OsUser owner) throws IOException {
        return Files.isRegularFile(file)
                && Files.getAttribute(file, "unix:uid").equals(owner.uid())
                && Files.getPosixFilePermissions(file).equals(PosixFilePermissions.fromString(OWNER_ONLY_FILE));
    }

    private static void own(Path path, OsUser owner) throws IOException {
        if (OsUser.current().isRoot()) {
            Files.setAttribute(path, "unix:uid", owner.uid());
            Files.setAttribute(path, "unix:gid", owner.gid());
        }
    }
}
