package dev.gantry.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.e2e.harness.Frames;
import dev.gantry.e2e.harness.OnPlatform;
import dev.gantry.e2e.harness.Packaging;
import dev.gantry.e2e.harness.Platform;
import dev.gantry.e2e.harness.Platforms;
import dev.gantry.e2e.harness.Sniffer;
import dev.gantry.service.instance.Port;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container on the host's network may open packet sockets, and the services talk on that host's loopback device: it learns nothing. */
@OnPlatform
class SnifferTest {
    private static final int SSL_REQUEST = 8;

    private final Platform gantry;

    @TempDir
    private Path directory = Path.of("");

    SnifferTest(Packaging packaging) {
        gantry = Platforms.of(packaging);
    }

    @Test
    void hearsNeitherSecretsNorWhatTheServicesSay() throws IOException {
        var open = secret("open");
        var secrets = List.of(
                secret("environment"),
                secret("printed"),
                secret("typed"),
                secret("imported"),
                secret("copied"),
                secret("label"),
                secret("argument"));
        Frames frames;
        try (var sniffer = Sniffer.on(gantry, directory)) {
            sayInTheOpen(open);
            useThePlatformWith(secrets);
            frames = sniffer.heard();
        }
        assertThat(frames.contain(open)).as("it hears what is not hidden").isTrue();
        for (var secret : secrets) {
            assertThat(frames.contain(secret)).as(secret).isFalse();
        }
        for (var words : List.of("gantry.v1.", "insert into", "specversion", "dev.gantry.container", "BEGIN")) {
            assertThat(frames.contain(words)).as(words).isFalse();
        }
        assertNothingButTls(frames);
    }

    private static String secret(String where) {
        return where + "-" + UUID.randomUUID();
    }

    /** The proof that the sniffer works. */
    private static void sayInTheOpen(String text) throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = new Socket(server.getInetAddress(), server.getLocalPort());
                var accepted = server.accept()) {
            client.getOutputStream().write(text.getBytes(UTF_8));
            assertThat(accepted.getInputStream().readNBytes(text.length()))
                    .asString(UTF_8)
                    .isEqualTo(text);
        }
    }

    /** All ways that a user's bytes take: through databases, Kafka, gRPC and HTTP. */
    private void useThePlatformWith(List<String> secrets) throws IOException {
        var since = Long.toString(System.currentTimeMillis() / 1000);
        docker("import", archive(secrets.get(3)), "-", "sniffed:1");
        docker(
                "run",
                new byte[0],
                "-d",
                "--name",
                "sniffed",
                "-e",
                "TOKEN=" + secrets.get(0),
                "-l",
                "mark=" + secrets.get(5),
                "busybox",
                "sh",
                "-c",
                "echo " + secrets.get(1) + "; sleep 600 # " + secrets.get(6));
        docker("exec", (secrets.get(2) + "\n").getBytes(UTF_8), "-i", "sniffed", "cat");
        docker("cp", archive(secrets.get(4)), "-", "sniffed:/tmp");
        docker("logs", new byte[0], "sniffed");
        docker("save", new byte[0], "-o", directory.resolve("saved").toString(), "sniffed:1");
        docker("inspect", new byte[0], "sniffed");
        docker("rm", new byte[0], "-f", "sniffed");
        docker("rmi", new byte[0], "sniffed:1");
        dev.gantry.e2e.harness.Await.until(
                "its end is on the log",
                java.time.Duration.ofSeconds(30),
                () -> gantry.docker(
                                "events",
                                "--since",
                                since,
                                "--until",
                                "0s",
                                "--filter",
                                "container=sniffed",
                                "--filter",
                                "event=destroy")
                        .out()
                        .contains("destroy"));
    }

    private void docker(String command, byte[] input, String... arguments) {
        var words = new java.util.ArrayList<>(List.of(command));
        words.addAll(List.of(arguments));
        var result = gantry.docker(input, words.toArray(String[]::new));
        assertThat(result.exit()).as("%s: %s", words, result.err()).isZero();
    }

    private static byte[] archive(String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            var entry = new TarArchiveEntry("f");
            entry.setSize(content.length());
            tar.putArchiveEntry(entry);
            tar.write(content.getBytes(UTF_8));
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    /** Of the connections to the platform's ports that began meanwhile, every byte. */
    private void assertNothingButTls(Frames frames) {
        // health and metrics are for everybody on the host, and say nothing of anybody's containers
        var ports = Arrays.stream(Port.values())
                .filter(port -> !port.name().endsWith("_MANAGEMENT"))
                .collect(Collectors.toMap(port -> gantry.instance().port(port), port -> port));
        var met = new java.util.EnumMap<Port, Integer>(Port.class);
        frames.streams().forEach((direction, stream) -> {
            var server = ports.get(direction.to());
            var client = ports.get(direction.from());
            var port = server == null ? client : server;
            if (port != null && stream.bytes().length > 0) {
                // PostgreSQL's client asks for TLS before it begins (8 bytes), and the server agrees (one)
                var prelude = port != Port.POSTGRES ? 0 : server != null ? SSL_REQUEST : 1;
                assertThat(stream.tlsUntil(prelude))
                        .as("TLS in what %s says to %s (%s)", direction.from(), direction.to(), port)
                        .isEqualTo(stream.bytes().length);
                met.merge(port, 1, Integer::sum);
            }
        });
        System.out.println("new connections heard: " + met);
    }
}
