package dev.gantry.gateway.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.ChangedPaths;
import dev.gantry.contracts.rpc.ChangedPaths.ChangedPath;
import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.contracts.rpc.PathStat;
import dev.gantry.gateway.testing.Engine;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** As recorded of a real engine: statuses, headers and words. */
final class ContainerArchivesTest {
    private static final PathStat PASSWD = PathStat.newBuilder()
            .setName("passwd")
            .setSize(379)
            .setMode(420)
            .setModified(1_795_251_510_725_136_800L)
            .build();
    private static final String HEADER = "{\"name\":\"passwd\",\"size\":379,\"mode\":420,"
            + "\"mtime\":\"2026-11-21T08:58:30.7251368Z\",\"linkTarget\":\"\"}";

    private Engine engine;

    @BeforeEach
    void start() throws Exception {
        engine = new Engine();
        engine.services.locate(ContainerLocation.newBuilder()
                .setId("c".repeat(64))
                .setNode("n1")
                .setState("running")
                .build());
        engine.agent.stat = PASSWD;
    }

    @AfterEach
    void stop() throws Exception {
        engine.close();
    }

    private static String decoded(String header) {
        return new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8);
    }

    @Test
    void looksAtAPath() throws Exception {
        try (var client = engine.client()) {
            client.request("HEAD", "/v1.51/containers/c1/archive?path=/etc/passwd");
            var answer = client.response(true);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(decoded(answer.header("X-Docker-Container-Path-Stat"))).isEqualTo(HEADER);
        }
    }

    @Test
    void readsAnArchiveAndPutsThatOnRecord() throws Exception {
        engine.agent.archive = ByteString.copyFromUtf8("a tar");
        try (var client = engine.client()) {
            var answer = client.get("/v1.51/containers/c1/archive?path=/etc/passwd");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/x-tar");
            assertThat(decoded(answer.header("X-Docker-Container-Path-Stat"))).isEqualTo(HEADER);
            assertThat(answer.body()).isEqualTo("a tar");
            assertThat(engine.services.notes)
                    .singleElement()
                    .satisfies(note -> assertThat(note.getAction()).isEqualTo("archive-path"));
        }
    }

    @Test
    void writesAnArchive() throws Exception {
        try (var client = engine.client()) {
            client.request("PUT", "/v1.51/containers/c1/archive?path=/tmp", "Content-Length: 5");
            client.send("bytes");
            assertThat(client.response(false).status()).isEqualTo(200);
            assertThat(engine.agent.archive.toStringUtf8()).isEqualTo("bytes");
            assertThat(engine.services.notes)
                    .singleElement()
                    .satisfies(note -> assertThat(note.getAction()).isEqualTo("extract-to-dir"));
        }
    }

    @Test
    void refusesInTheEnginesWords() throws Exception {
        try (var client = engine.client()) {
            var noPath = client.get("/v1.51/containers/c1/archive");
            assertThat(noPath.status()).isEqualTo(400);
            assertThat(noPath.body()).contains("{\"message\":\"bad parameter: pathcannot be empty\"}");
            engine.agent.refusal = Optional.of(ErrorCode.NO_SUCH_FILE.with("/nosuch", "c1"));
            var noFile = client.get("/v1.51/containers/c1/archive?path=/nosuch");
            assertThat(noFile.status()).isEqualTo(404);
            assertThat(noFile.body()).contains("Could not find the file /nosuch in container c1");
            assertThat(client.get("/v1.51/containers/nosuch/archive?path=/").status())
                    .isEqualTo(404);
            engine.agent.refusal = Optional.of(ErrorCode.NO_DIRECTORY_TO_EXTRACT.with());
            client.request("PUT", "/v1.51/containers/c1/archive?path=/etc/passwd", "Content-Length: 0");
            var noDirectory = client.response(false);
            assertThat(noDirectory.status()).isEqualTo(400);
            assertThat(noDirectory.body()).contains("extraction point is not a directory");
        }
    }

    @Test
    void exports() throws Exception {
        engine.agent.archive = ByteString.copyFromUtf8("all of it");
        try (var client = engine.client()) {
            var answer = client.get("/v1.51/containers/c1/export");
            assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
            assertThat(answer.body()).isEqualTo("all of it");
        }
    }

    @Test
    void listsChangesAndSaysNullForNone() throws Exception {
        try (var client = engine.client()) {
            assertThat(client.get("/v1.51/containers/c1/changes").body()).isEqualTo("null\n");
            engine.agent.changes = ChangedPaths.newBuilder()
                    .addPaths(ChangedPath.newBuilder().setPath(ByteString.copyFromUtf8("/etc")))
                    .addPaths(ChangedPath.newBuilder()
                            .setPath(ByteString.copyFromUtf8("/new"))
                            .setKind(1))
                    .build();
            assertThat(client.get("/v1.51/containers/c1/changes").body())
                    .isEqualTo("[{\"Path\":\"/etc\",\"Kind\":0},{\"Path\":\"/new\",\"Kind\":1}]\n");
        }
    }
}
