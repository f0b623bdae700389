package dev.gantry.registry.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.rpc.BlobQuery;
import dev.gantry.contracts.rpc.BlobStat;
import dev.gantry.contracts.rpc.BlobsGrpc;
import dev.gantry.contracts.rpc.PutBlob;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.oci.digest.Digest;
import dev.gantry.registry.blobs.Healing;
import dev.gantry.service.http.HttpPeers;
import dev.gantry.service.rpc.Peers;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** {@code /v2/} over real HTTP with certificates, on real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(RegistryPlatform.class)
class RegistryServiceTest {
    private static final String UPLOADS = "/v2/images/blobs/uploads/";

    @Inject
    HttpPeers http;

    @Inject
    Peers peers;

    @Inject
    Uploads uploads;

    @Inject
    Healing healing;

    @Inject
    @DataSource("registry")
    javax.sql.DataSource database;

    @ConfigProperty(name = "gantry.instance.data")
    Path data;

    private final Random random = new Random();

    private HttpResponse<byte[]> send(String method, String path, BodyPublisher body, String... headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(http.uri(Role.REGISTRY, path))
                    .timeout(Duration.ofSeconds(20))
                    .method(method, body);
            if (headers.length > 0) {
                request.headers(headers);
            }
            return http.client(Role.IMAGE, Role.REGISTRY)
                    .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<byte[]> send(String method, String path, String... headers) {
        return send(method, path, BodyPublishers.noBody(), headers);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String error(HttpResponse<byte[]> answer) {
        return answer.statusCode() + " "
                + new String(answer.body(), StandardCharsets.UTF_8).replaceFirst(".*\"code\":\"([A-Z_]+)\".*", "$1");
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private Digest put(byte[] content) {
        Digest digest = Digest.of(content);
        var answer = send("POST", UPLOADS + "?digest=" + digest, BodyPublishers.ofByteArray(content));
        assertThat(answer.statusCode()).as(error(answer)).isEqualTo(201);
        return digest;
    }

    private static String blob(Digest digest) {
        return "/v2/images/blobs/" + digest;
    }

    private long unfinished() {
        try (Stream<Path> files = Files.list(data.resolve("registry/uploads"))) {
            return files.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void saysThatItSpeaksTheSpecification() {
        assertThat(send("GET", "/v2/").statusCode()).isEqualTo(200);
    }

    @Test
    void takesABlobInOneRequestAndGivesItBack() {
        byte[] content = bytes(300_000);
        Digest digest = put(content);
        var answer = send("GET", blob(digest));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(content);
        assertThat(header(answer, "Docker-Content-Digest")).isEqualTo(digest.toString());
        var head = send("HEAD", blob(digest));
        assertThat(header(head, "Content-Length")).isEqualTo("300000");
        assertThat(head.statusCode()).isEqualTo(200);
    }

    @Test
    void takesABlobInChunksAndTellsHowFarItIs() {
        byte[] content = bytes(2_000_000);
        var begun = send("POST", UPLOADS);
        assertThat(begun.statusCode()).isEqualTo(202);
        String place = header(begun, "Location");
        var first =
                send("PATCH", place, BodyPublishers.ofByteArray(content, 0, 1_500_000), "Content-Range", "0-1499999");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(header(first, "Range")).isEqualTo("0-1499999");
        var again = send("PATCH", place, BodyPublishers.ofByteArray(content, 0, 10), "Content-Range", "0-9");
        assertThat(error(again)).isEqualTo("416 RANGE_INVALID");
        var status = send("GET", place);
        assertThat(status.statusCode()).isEqualTo(204);
        assertThat(header(status, "Range")).isEqualTo("0-1499999");
        var end = send(
                "PUT",
                place + "?digest=" + Digest.of(content),
                BodyPublishers.ofByteArray(content, 1_500_000, 500_000));
        assertThat(end.statusCode()).isEqualTo(201);
        assertThat(send("GET", header(end, "Location")).body()).isEqualTo(content);
        assertThat(error(send("GET", place))).isEqualTo("404 BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void refusesWrongBytesAndKeepsNothing() {
        long before = unfinished();
        var answer = send("POST", UPLOADS + "?digest=" + Digest.of(bytes(3)), BodyPublishers.ofByteArray(bytes(5)));
        assertThat(error(answer)).isEqualTo("400 DIGEST_INVALID");
        assertThat(unfinished()).isEqualTo(before);
    }

    @Test
    void refusesWhatIsTooLargeAndKeepsNothing() {
        long before = unfinished();
        String place = header(send("POST", UPLOADS), "Location");
        var answer = send("PATCH", place, BodyPublishers.ofByteArray(bytes(4_100_000)));
        assertThat(error(answer)).isEqualTo("413 TOO_LARGE");
        assertThat(unfinished()).isEqualTo(before);
    }

    @Test
    void cancelsAnUpload() {
        String place = header(send("POST", UPLOADS), "Location");
        assertThat(send("DELETE", place).statusCode()).isEqualTo(204);
        assertThat(error(send("PATCH", place, BodyPublishers.ofByteArray(bytes(1)))))
                .isEqualTo("404 BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void mountsWhatIsThereAndBeginsAnUploadForWhatIsNot() {
        Digest digest = put(bytes(10));
        assertThat(send("POST", "/v2/other/blobs/uploads/?mount=" + digest + "&from=images")
                        .statusCode())
                .isEqualTo(201);
        var unknown = send("POST", "/v2/other/blobs/uploads/?from=images&mount=" + Digest.of(bytes(10)));
        assertThat(unknown.statusCode()).isEqualTo(202);
        assertThat(send("DELETE", header(unknown, "Location")).statusCode()).isEqualTo(204);
    }

    @Test
    void givesPartsOfABlob() {
        byte[] content = bytes(1000);
        Digest digest = put(content);
        var part = send("GET", blob(digest), "Range", "bytes=100-199");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(header(part, "Content-Range")).isEqualTo("bytes 100-199/1000");
        assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(content, 100, 200));
        assertThat(send("GET", blob(digest), "Range", "bytes=1000-").statusCode())
                .isEqualTo(416);
        var other = send("GET", blob(digest), "Range", "bytes=0-1", "If-Range", "\"other\"");
        assertThat(other.statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotSendWhatTheClientHas() {
        Digest digest = put(bytes(10));
        assertThat(send("GET", blob(digest), "If-None-Match", "\"" + digest + "\"")
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void deletesOnceAndSaysUnknownAfterwards() {
        Digest digest = put(bytes(10));
        assertThat(send("DELETE", blob(digest)).statusCode()).isEqualTo(202);
        assertThat(error(send("DELETE", blob(digest)))).isEqualTo("404 BLOB_UNKNOWN");
        assertThat(error(send("GET", blob(digest)))).isEqualTo("404 BLOB_UNKNOWN");
    }

    @Test
    void refusesBadRequestsInTheWordsOfTheSpecification() {
        assertThat(error(send("POST", "/v2/BAD/blobs/uploads/"))).isEqualTo("400 NAME_INVALID");
        assertThat(error(send("GET", "/v2/x/blobs/sha256:12"))).isEqualTo("400 DIGEST_INVALID");
        assertThat(error(send("GET", "/v2/x/manifests/latest"))).isEqualTo("404 MANIFEST_UNKNOWN");
        assertThat(error(send("PUT", UPLOADS))).isEqualTo("405 UNSUPPORTED");
        assertThat(error(send("PUT", header(send("POST", UPLOADS), "Location"))))
                .isEqualTo("400 DIGEST_INVALID");
    }

    @Test
    void throwsAbandonedUploadsAway() {
        String place = header(send("POST", UPLOADS), "Location");
        uploads.sweep(Instant.now());
        assertThat(send("GET", place).statusCode()).isEqualTo(204);
        uploads.sweep(Instant.now().plus(Duration.ofHours(1)));
        assertThat(error(send("GET", place))).isEqualTo("404 BLOB_UPLOAD_UNKNOWN");
        assertThat(unfinished()).isZero();
    }

    @Test
    void rowsAndFilesAgreeAfterAKillInBetween() throws IOException, SQLException {
        Digest kept = put(bytes(20));
        byte[] orphan = bytes(30);
        Digest unknown = Digest.of(orphan);
        Path file = data.resolve("registry/blobs/sha256")
                .resolve(unknown.hex().substring(0, 2))
                .resolve(unknown.hex());
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, orphan);
        Digest lost = Digest.of(bytes(40));
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement("insert into blob values (?, 40, now())")) {
            statement.setString(1, lost.toString());
            statement.executeUpdate();
        }
        healing.run();
        assertThat(file).doesNotExist();
        assertThat(send("HEAD", blob(lost)).statusCode()).isEqualTo(404);
        assertThat(send("HEAD", blob(kept)).statusCode()).isEqualTo(200);
    }

    @Test
    void answersTheSmallQuestions() {
        Digest digest = put(bytes(12));
        var blobs = BlobsGrpc.newBlockingStub(peers.channel(Role.IMAGE, Role.REGISTRY))
                .withDeadlineAfter(10, TimeUnit.SECONDS);
        BlobQuery query = BlobQuery.newBuilder().setDigest(digest.toString()).build();
        assertThat(blobs.stat(query).getSize()).isEqualTo(12);
        assertThat(blobs.delete(query).getChanged()).isTrue();
        assertThat(blobs.delete(query).getChanged()).isFalse();
        assertThat(blobs.stat(query).getFound()).isFalse();
        assertThatThrownBy(
                        () -> blobs.stat(BlobQuery.newBuilder().setDigest("x").build()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
    }

    private BlockingClientCall<PutBlob, BlobStat> put() {
        return BlobsGrpc.newBlockingV2Stub(peers.channel(Role.IMAGE, Role.REGISTRY))
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .put();
    }

    private static PutBlob data(byte[] bytes) {
        return PutBlob.newBuilder().setData(ByteString.copyFrom(bytes)).build();
    }

    private static PutBlob digest(byte[] bytes) {
        return PutBlob.newBuilder().setDigest(Digest.of(bytes).toString()).build();
    }

    @Test
    void takesABlobInAsOneStream() throws InterruptedException, StatusException {
        byte[] content = bytes(3_000_000);
        var call = put();
        for (int from = 0; from < content.length; from += 500_000) {
            assertThat(call.write(data(Arrays.copyOfRange(content, from, from + 500_000))))
                    .isTrue();
        }
        assertThat(call.write(digest(content))).isTrue();
        call.halfClose();
        assertThat(call.read().getSize()).isEqualTo(content.length);
        assertThat(send("GET", blob(Digest.of(content))).body()).isEqualTo(content);
        assertThat(send("DELETE", blob(Digest.of(content))).statusCode()).isEqualTo(202);
    }

    @Test
    void aStreamThatBreaksOffOrLiesLeavesNothing() throws InterruptedException, StatusException {
        long before = unfinished();
        byte[] content = bytes(100_000);
        var cancelled = put();
        assertThat(cancelled.write(data(content))).isTrue();
        cancelled.cancel("enough", null);
        var lying = put();
        assertThat(lying.write(data(content))).isTrue();
        assertThat(lying.write(digest(bytes(3)))).isTrue();
        assertThatThrownBy(lying::read).hasMessageContaining("digest mismatch");
        var silent = put();
        assertThat(silent.write(data(content))).isTrue();
        silent.halfClose();
        assertThatThrownBy(silent::read).hasMessageContaining("without its digest");
        Instant limit = Instant.now().plusSeconds(10);
        while (unfinished() != before) {
            assertThat(Instant.now()).isBefore(limit);
            Thread.onSpinWait();
        }
    }

    @Test
    void letsOnlyItsCallersIn() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(http.uri(Role.REGISTRY, "/v2/")).build();
        var answer = http.client(Role.NETWORK, Role.REGISTRY).send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
    }
}
