package dev.gantry.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A container of a stranger on the host's network that writes down whatever passes there. It has what Docker gives by default, no more. */
public final class Sniffer implements AutoCloseable {
    private static final Duration COMPILES = Duration.ofMinutes(1);
    private static final Duration LISTENS = Duration.ofSeconds(20);
    private static final String IMAGE = "sniffer:e2e";
    private static final String NAME = "sniffer";

    private final Platform platform;
    private final Path directory;

    private Sniffer(Platform platform, Path directory) {
        this.platform = platform;
        this.directory = directory;
    }

    /** @param directory an empty one, for the program and what it hears */
    public static Sniffer on(Platform platform, Path directory) throws IOException {
        var sniffer = new Sniffer(platform, directory);
        assertThat(platform.docker(sniffer.image(), "import", "-", IMAGE).exit())
                .isZero();
        var run = platform.docker(
                "run",
                "-d",
                "--name",
                NAME,
                "--network",
                "host",
                "-v",
                directory + ":/heard",
                IMAGE,
                "/sniffer",
                "/heard/frames");
        assertThat(run.exit()).as(run.err()).isZero();
        Await.until("the sniffer listens", LISTENS, () -> sniffer.said().startsWith("listening\n"));
        return sniffer;
    }

    /** The program alone, linked with all it needs. */
    private byte[] image() throws IOException {
        var program = directory.resolve("program");
        var source = Path.of("e2e", "src", "test", "resources", "sniffer.c").toString();
        var words = List.of("gcc", "-static", "-O2", "-Wall", "-o", program.toString(), source);
        var compiled = new Command(words, Map.of(), new byte[0], COMPILES).run();
        assertThat(compiled.exit()).as(compiled.err()).isZero();
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            var entry = new TarArchiveEntry("sniffer");
            entry.setMode(0755);
            entry.setSize(Files.size(program));
            tar.putArchiveEntry(entry);
            Files.copy(program, tar);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private String said() {
        return platform.docker("logs", NAME).out();
    }

    /** Ends it, and returns all frames in their order. It fails if the kernel could not keep them all: then nothing is proved. */
    public Frames heard() throws IOException {
        platform.docker("stop", NAME);
        var counts = said().lines().toList().getLast().split(" ", -1);
        assertThat(counts[1]).as("frames dropped of %s", counts[0]).isEqualTo("0");
        return Frames.read(directory.resolve("frames"));
    }

    @Override
    public void close() {
        platform.docker("rm", "-f", NAME);
        platform.docker("rmi", IMAGE);
    }
}
