package dev.gantry.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.e2e.harness.Leftovers;
import dev.gantry.e2e.harness.OnPlatform;
import dev.gantry.e2e.harness.Packaging;
import dev.gantry.e2e.harness.Platform;
import dev.gantry.e2e.harness.Platforms;
import dev.gantry.e2e.harness.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client should not have sent: Docker's status, a message that names the cause, and nothing half-made. */
@OnPlatform
class BadInputTest {
    private final Platform gantry;
    private final RawHttp http;
    private String before = "";

    BadInputTest(Packaging packaging) {
        gantry = Platforms.of(packaging);
        http = new RawHttp(gantry.instance().dockerSocket());
    }

    @BeforeEach
    void remember() throws IOException {
        before = everything();
    }

    @AfterEach
    void nothingHalfMadeStays() throws IOException {
        gantry.docker("rm", "-f", "taken");
        assertThat(everything()).isEqualTo(before);
    }

    /** Everything a failed request could have left: rows as clients see them, blobs, mounts, cgroups. */
    private String everything() throws IOException {
        var leftovers = Leftovers.of(gantry.instance());
        return String.join(
                "\n",
                gantry.docker("ps", "-aq").out(),
                gantry.docker("images", "-aq", "--no-trunc").out(),
                blobs(),
                leftovers.mounts().toString(),
                leftovers.cgroups().toString());
    }

    private String blobs() throws IOException {
        var root = gantry.instance().data().resolve("registry");
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(Path::toString)
                    .toList()
                    .toString();
        }
    }

    @Test
    void saysThatAnImageIsUnknown() {
        var answer = http.postJson("/v1.51/containers/create", "{\"Image\":\"nosuch:1\"}");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).contains("No such image: nosuch:1");
    }

    @Test
    void namesTheHolderOfATakenName() {
        var holder = gantry.docker("create", "--name", "taken", "busybox", "true")
                .out()
                .strip();
        var answer = http.postJson("/v1.51/containers/create?name=taken", "{\"Image\":\"busybox\",\"Cmd\":[\"true\"]}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("/taken").contains(holder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{bad | 400",
                "{\"Image\":7} | 400",
                "{\"Image\":\"busybox\",\"Env\":{\"a\":1}} | 400",
                "{\"Image\":\"busybox\",\"HostConfig\":{\"Memory\":\"much\"}} | 400",
                "{\"Image\":\"busybox\",\"Cmd\":[\"a\\u0000b\"]} | 400",
                "{\"Image\":\"busybox\",\"Env\":[\"A=\\u0000\"]} | 400",
                "{\"Image\":\"busybox\",\"HostConfig\":{\"CapAdd\":[\"BOGUS\"]}} | 400",
                "{\"Image\":\"busybox\"}{} | 400",
                "{} | 400"
            })
    void refusesBodiesThatMakeNoSense(String body, int status) {
        var answer = http.postJson("/v1.51/containers/create", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body())
                .contains("\"message\":\"")
                .doesNotContain("Exception")
                .doesNotContain("at dev.gantry");
    }

    @Test
    void refusesADeeplyNestedBodyWithoutFallingOver() {
        var answer = http.postJson("/v1.51/containers/create", "{\"Image\":" + "[".repeat(100_000));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(gantry.docker("version").exit()).isZero();
    }

    @Test
    void refusesWhatIsNoTar() {
        var run =
                gantry.docker("this is not a tar".repeat(100).getBytes(StandardCharsets.UTF_8), "import", "-", "bad:1");
        assertThat(run.exit()).isNotZero();
        assertThat(run.err()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"../escape", "a/../../escape", "/../escape"})
    void refusesEntriesThatLeaveTheRoot(String name) throws IOException {
        var run = gantry.docker(tar(name, TarConstants.LF_NORMAL, ""), "import", "-", "bad:1");
        assertThat(run.exit()).isNotZero();
        assertThat(run.err()).contains("escape");
    }

    @Test
    void refusesAnEntryBelowALinkThatLeavesTheRoot() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            add(tar, "out", TarConstants.LF_SYMLINK, "/../../../../tmp");
            add(tar, "out/escape", TarConstants.LF_NORMAL, "");
        }
        gantry.docker(bytes.toByteArray(), "import", "-", "bad:1");
        gantry.docker("run", "--rm", "bad:1", "/x");
        assertThat(Path.of("/tmp/escape")).doesNotExist();
        gantry.docker("ps", "-aq").out().lines().forEach(id -> gantry.docker("rm", "-f", id));
        gantry.docker("rmi", "-f", "bad:1");
    }

    @Test
    void refusesAHardLinkToTheHost() throws IOException {
        var run =
                gantry.docker(tar("passwd", TarConstants.LF_LINK, "../../../../../etc/passwd"), "import", "-", "bad:1");
        assertThat(run.exit()).isNotZero();
        assertThat(run.err()).contains("passwd");
    }

    private static byte[] tar(String name, byte type, String target) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            add(tar, name, type, target);
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, String name, byte type, String target) throws IOException {
        var entry = new TarArchiveEntry(name, type, true);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }
}
