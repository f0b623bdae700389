package dev.gantry.agent.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;

/** Whole directory trees. */
public final class Trees {
    /** Below it a directory is first moved to the top, so that no tree, however deep, takes more descriptors than this. */
    private static final int DEEPEST = 48;

    private static final String MOVED = ".deep-";

    private Trees() {}

    /**
     * Deletes a directory and all below it, descriptor by descriptor: links are deleted, not followed, and whoever renames
     * directories meanwhile gains nothing. What is not there is success.
     */
    public static void delete(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(directory);
            return;
        }
        try {
            empty(directory);
            Files.deleteIfExists(directory);
        } catch (NoSuchFileException e) {
            // Somebody else deleted it at the same time.
            if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    /**
     * Deletes all that is in a directory, which is reached through a link if {@code directory} ends in one: a path like {@code /proc/self/fd/7}
     * is that directory and no other.
     */
    public static void empty(Path directory) throws IOException {
        while (!emptied(directory)) {
            // Something was moved to the top: once more.
        }
    }

    private static boolean emptied(Path directory) throws IOException {
        try (var stream = Files.newDirectoryStream(directory)) {
            var top = secure(stream);
            var sweep = new Sweep(top);
            sweep.empty(top, 0);
            return sweep.moved == 0;
        }
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        throw new IOException("the file system provider has no SecureDirectoryStream");
    }

    private static final class Sweep {
        private final SecureDirectoryStream<Path> top;
        private int moved;

        Sweep(SecureDirectoryStream<Path> top) {
            this.top = top;
        }

        void empty(SecureDirectoryStream<Path> directory, int depth) throws IOException {
            for (var entry : directory) {
                var name = entry.getFileName();
                if (isDirectory(directory, name)) {
                    deleteDirectory(directory, name, depth);
                } else {
                    directory.deleteFile(name);
                }
            }
        }

        private void deleteDirectory(SecureDirectoryStream<Path> parent, Path name, int depth) throws IOException {
            if (depth >= DEEPEST) {
                parent.move(name, top, name.resolveSibling(MOVED + System.nanoTime() + "-" + moved++));
                return;
            }
            try (var child = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                empty(child, depth + 1);
            }
            parent.deleteDirectory(name);
        }

        private static boolean isDirectory(SecureDirectoryStream<Path> parent, Path name) throws IOException {
            return parent.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes()
                    .isDirectory();
        }
    }
}
