package dev.gantry.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Proportional set size of an engine's processes, from {@code /proc/<pid>/smaps_rollup} (proc(5)); needs root. */
final class Memory {
    private static final Set<String> DOCKER =
            Set.of("dockerd", "containerd", "docker-proxy", "containerd-shim", "containerd-shim-runc-v2");

    record Usage(long pid, String process, long kib) {}

    private Memory() {}

    /** Gantry's processes carry their instance in the environment; a peer's are known by name. */
    static List<Usage> ofInstance(String instance) throws IOException {
        var found = new ArrayList<Usage>();
        for (var process : processes()) {
            var environment = read(process.resolve("environ")).orElse("");
            if (words(environment).contains("GANTRY_INSTANCE=" + instance)) {
                usage(process).ifPresent(found::add);
            }
        }
        return found;
    }

    static List<Usage> ofDocker() throws IOException {
        var found = new ArrayList<Usage>();
        for (var process : processes()) {
            var command = words(read(process.resolve("cmdline")).orElse("")).getFirst();
            if (DOCKER.contains(command.substring(command.lastIndexOf('/') + 1))) {
                usage(process).ifPresent(found::add);
            }
        }
        return found;
    }

    /** What procfs separates by NUL. */
    private static List<String> words(String text) {
        return List.of(text.split("\0", -1));
    }

    private static List<Path> processes() throws IOException {
        try (var entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            var list = new ArrayList<Path>();
            entries.forEach(list::add);
            return list;
        }
    }

    private static Optional<Usage> usage(Path process) {
        return read(process.resolve("smaps_rollup"))
                .flatMap(text ->
                        text.lines().filter(line -> line.startsWith("Pss:")).findFirst())
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .map(kib -> new Usage(Long.parseLong(process.getFileName().toString()), name(process), kib));
    }

    private static String name(Path process) {
        var words = words(read(process.resolve("cmdline")).orElse(""));
        for (var word : words) {
            if (word.startsWith("-Dgantry.process=")) {
                return word.substring("-Dgantry.process=".length());
            }
        }
        return words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1);
    }

    /** A process may end while we look: then it has no memory. */
    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
