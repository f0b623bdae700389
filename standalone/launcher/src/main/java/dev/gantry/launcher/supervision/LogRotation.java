package dev.gantry.launcher.supervision;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a directory's logs small: beyond 10 MiB a log is copied aside and emptied, three old ones are kept. The writers hold their
 * files open for appending and need not be told; a line written between copy and emptying is lost, which a log may be.
 */
public record LogRotation(Path directory, long limitBytes, int kept) {
    private static final long LIMIT = 10L << 20;
    private static final int KEPT = 3;

    public static LogRotation of(Path directory) {
        return new LogRotation(directory, LIMIT, KEPT);
    }

    public void run() throws IOException {
        try (var logs = Files.newDirectoryStream(directory, "*.log")) {
            for (var log : logs) {
                if (Files.size(log) > limitBytes) {
                    rotate(log);
                }
            }
        }
    }

    private void rotate(Path log) throws IOException {
        for (var number = kept - 1; number >= 1; number--) {
            var old = numbered(log, number);
            if (Files.exists(old)) {
                Files.move(old, numbered(log, number + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.copy(log, numbered(log, 1), StandardCopyOption.REPLACE_EXISTING);
        try (var channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    private static Path numbered(Path log, int number) {
        return log.resolveSibling(log.getFileName() + "." + number);
    }
}
