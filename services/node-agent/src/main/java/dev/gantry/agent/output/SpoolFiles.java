package dev.gantry.agent.output;

import java.nio.file.Path;
import java.util.List;

/** Where a container's output lies: {@code output.1} and {@code output.2} with the bytes, {@code output.index} with their times. */
record SpoolFiles(Path directory) {
    Path bytes(Stream stream) {
        return directory.resolve("output." + stream.number());
    }

    Path index() {
        return directory.resolve("output.index");
    }

    List<Path> all() {
        return List.of(bytes(Stream.STDOUT), bytes(Stream.STDERR), index());
    }
}
