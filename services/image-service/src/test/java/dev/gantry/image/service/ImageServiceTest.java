package dev.gantry.image.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.BlobQuery;
import dev.gantry.contracts.rpc.BlobsGrpc;
import dev.gantry.contracts.rpc.Document;
import dev.gantry.contracts.rpc.ImageQuery;
import dev.gantry.contracts.rpc.ImagesGrpc;
import dev.gantry.contracts.rpc.ListImages;
import dev.gantry.contracts.rpc.PruneImages;
import dev.gantry.contracts.rpc.RemoveImage;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.contracts.rpc.TagImage;
import dev.gantry.image.blob.BlobStore;
import dev.gantry.image.blob.FaultyBlobs;
import dev.gantry.image.store.Catalog;
import dev.gantry.oci.digest.Digest;
import dev.gantry.service.http.HttpPeers;
import dev.gantry.service.rpc.Peers;
import dev.gantry.service.rpc.RpcErrors;
import io.grpc.StatusRuntimeException;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@QuarkusTestResource(ImagePlatform.class)
class ImageServiceTest {
    private static final String RUNNING = "a3ab0d1d153ae1fb5cd4b029a29dea38d1c44ea52f4666ae31f0d1dccac1a260";

    @Inject
    Peers peers;

    @Inject
    HttpPeers http;

    @Inject
    FakeScheduler scheduler;

    @Inject
    FaultyBlobs blobs;

    @Inject
    Catalog catalog;

    @ConfigProperty(name = "gantry.instance.data")
    Path data;

    @Inject
    @DataSource("image")
    javax.sql.DataSource database;

    @AfterEach
    void removeEverything() {
        scheduler.usesNothing();
        for (JsonNode image : list("{}")) {
            remove(image.path("Id").textValue(), true);
        }
        await(() -> query("select count(*)::text from loose_blob").equals(List.of("0")));
    }

    private ImagesGrpc.ImagesBlockingStub images() {
        return ImagesGrpc.newBlockingStub(peers.channel(Role.GATEWAY, Role.IMAGE))
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private HttpResponse<String> post(byte[] archive, String query) {
        try {
            return http.client(Role.GATEWAY, Role.IMAGE)
                    .send(
                            HttpRequest.newBuilder(http.uri(Role.IMAGE, "/images/import?" + query))
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(archive))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String importAs(String name, byte[] archive) {
        var answer = post(archive, "reference=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).endsWith("\r\n");
        return json(answer.body()).path("status").textValue();
    }

    private static JsonNode json(String text) {
        return DockerJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(Document document) {
        return DockerJson.parse(document.getJson().toByteArray());
    }

    private JsonNode inspect(String reference) {
        return json(
                images().inspect(ImageQuery.newBuilder().setReference(reference).build()));
    }

    private JsonNode list(String filters) {
        return json(images().list(ListImages.newBuilder()
                .setFilters(com.google.protobuf.ByteString.copyFromUtf8(filters))
                .build()));
    }

    private String remove(String reference, boolean force) {
        return images().remove(RemoveImage.newBuilder()
                        .setReference(reference)
                        .setForce(force)
                        .build())
                .getJson()
                .toStringUtf8();
    }

    private void tag(String reference, String repository, String tag) {
        var changed = images().tag(TagImage.newBuilder()
                .setReference(reference)
                .setRepository(repository)
                .setTag(tag)
                .build());
        assertThat(changed.getChanged()).isTrue();
    }

    private boolean hasBlob(String digest) {
        return BlobsGrpc.newBlockingStub(peers.channel(Role.IMAGE, Role.REGISTRY))
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .stat(BlobQuery.newBuilder().setDigest(digest).build())
                .getFound();
    }

    private List<String> query(String sql) {
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void execute(String sql) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            var _ = statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private long unfinishedUploads() {
        try (var files = Files.list(data.resolve("registry/uploads"))) {
            return files.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        Instant limit = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(limit);
            Thread.onSpinWait();
        }
    }

    private static String message(Throwable failure) {
        GantryException known = RpcErrors.from(failure, "image");
        return known.code().httpStatus() + " " + known.getMessage();
    }

    private static byte[] small(String content) {
        return Tars.tar().file("./f", content).bytes();
    }

    @Test
    void importsAnArchiveAndShowsItAsDockerDoes() {
        byte[] archive = small("1\n");
        String id = importAs("i:1", archive);
        JsonNode image = inspect("i:1");
        assertThat(image.path("Id").textValue()).isEqualTo(id);
        assertThat(image.path("RepoTags").toString()).isEqualTo("[\"i:1\"]");
        assertThat(image.path("Comment").textValue()).isEqualTo("Imported from -");
        assertThat(image.path("Size").longValue()).isEqualTo(2);
        assertThat(image.path("RootFS").path("Layers").toString()).isEqualTo("[\"" + Digest.of(archive) + "\"]");
        assertThat(image.path("Config").toString())
                .isEqualTo("{\"Cmd\":null,\"Entrypoint\":null,\"Env\":null,\"Labels\":null,\"OnBuild\":null,"
                        + "\"User\":\"\",\"Volumes\":null,\"WorkingDir\":\"\"}");
        assertThat(hasBlob(Digest.of(archive).toString())).isTrue();
    }

    @Test
    void storesACompressedArchiveUncompressed() {
        byte[] archive = small("packed");
        importAs("gz", Tars.gzip(archive));
        assertThat(inspect("gz").path("RootFS").path("Layers").get(0).textValue())
                .isEqualTo(Digest.of(archive).toString());
    }

    @Test
    void appliesChangesAndTheMessage() {
        var answer =
                post(small("x"), "reference=imp%3A1&message=note&changes=CMD+sh&changes=ENV+A%3D1&changes=LABEL+l%3Dm");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode image = inspect("imp:1");
        assertThat(image.path("Comment").textValue()).isEqualTo("note");
        assertThat(image.path("Config").path("Cmd").toString()).isEqualTo("[\"/bin/sh\",\"-c\",\"sh\"]");
        assertThat(image.path("Config").path("Env").toString()).isEqualTo("[\"A=1\"]");
        assertThat(list("{\"label\":[\"l=m\"]}")).hasSize(1);
        assertThat(list("{\"label\":[\"l=n\"]}")).isEmpty();
    }

    @Test
    void refusesJunkAndLeavesNothing() {
        var answer = post("junk\n".getBytes(StandardCharsets.UTF_8), "reference=i%3A3");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"message\":\"unexpected EOF\"}");
        assertThat(list("{}")).isEmpty();
        assertThat(query("select digest from loose_blob")).isEmpty();
    }

    @Test
    void refusesEntriesThatLeaveTheRootAndNamesThem() {
        assertThat(post(Tars.tar().file("ok", "1").file("../evil", "2").bytes(), "")
                        .body())
                .contains("../evil")
                .contains("leaves the root");
        assertThat(post(Tars.tar().link("l", "../../etc", false).bytes(), "").body())
                .contains("invalid symlink");
        assertThat(post(Tars.tar().link("l", "../etc/passwd", true).bytes(), "").body())
                .contains("invalid hard link");
        var through = Tars.tar().link("d", "/etc", false).file("d/passwd", "x").bytes();
        var answer = post(through, "");
        assertThat(answer.body()).contains("d/passwd");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(list("{}")).isEmpty();
    }

    @Test
    void refusesBadNamesAndChangesBeforeAnythingIsStored() {
        assertThat(post(small("1"), "reference=BAD").body())
                .contains("invalid reference format: repository name (library/BAD) must be lowercase");
        var change = post(small("1"), "changes=FROM+x");
        assertThat(change.statusCode()).isEqualTo(400);
        assertThat(change.body()).contains("FROM is not a valid change command");
    }

    @Test
    void tagsListsAndUntags() {
        String id = importAs("busybox", small("b"));
        tag("busybox", "docker.io/library/x", "1");
        tag("busybox", "localhost:5000/a/b", "c");
        assertThat(list("{}").get(0).path("RepoTags").toString())
                .isEqualTo("[\"busybox:latest\",\"x:1\",\"localhost:5000/a/b:c\"]");
        assertThat(list("{\"reference\":[\"x\"]}").get(0).path("RepoTags").toString())
                .isEqualTo("[\"x:1\"]");
        assertThat(remove("x:1", false)).isEqualTo("[{\"Untagged\":\"x:1\"}]");
        assertThatThrownBy(() -> remove(id.substring(7, 19), false))
                .extracting(ImageServiceTest::message)
                .isEqualTo("409 conflict: unable to delete " + id.substring(7, 19)
                        + " (must be forced) - image is referenced in multiple repositories");
    }

    @Test
    void removingTheLastNameDeletesImageLayerAndBlob() {
        byte[] archive = small("gone");
        String id = importAs("y:1", archive);
        String layer = Digest.of(archive).toString();
        assertThat(remove("y:1", false))
                .isEqualTo("[{\"Untagged\":\"y:1\"},{\"Deleted\":\"" + id + "\"},{\"Deleted\":\"" + layer + "\"}]");
        await(() -> !hasBlob(layer));
        assertThatThrownBy(() -> inspect("y:1"))
                .extracting(ImageServiceTest::message)
                .isEqualTo("404 No such image: y:1");
    }

    @Test
    void aSharedLayerStaysWithTheOtherImage() {
        byte[] archive = small("shared");
        importAs("one", archive);
        assertThat(post(archive, "reference=two&message=other").statusCode()).isEqualTo(200);
        remove("one", false);
        await(() -> query("select digest from loose_blob").isEmpty());
        assertThat(hasBlob(Digest.of(archive).toString())).isTrue();
    }

    @Test
    void anImageInUseIsKeptInDockersWords() {
        String id = importAs("busybox", small("used"));
        String shortId = id.substring(7, 19);
        scheduler.uses(id, RUNNING, true);
        assertThatThrownBy(() -> remove("busybox", false))
                .extracting(ImageServiceTest::message)
                .isEqualTo("409 conflict: unable to remove repository reference \"busybox\" (must force) - container"
                        + " a3ab0d1d153a is using its referenced image " + shortId);
        assertThatThrownBy(() -> remove(shortId, false))
                .extracting(ImageServiceTest::message)
                .isEqualTo("409 conflict: unable to delete " + shortId
                        + " (cannot be forced) - image is being used by running container a3ab0d1d153a");
        assertThat(remove("busybox", true)).isEqualTo("[{\"Untagged\":\"busybox:latest\"}]");
    }

    @Test
    void forceDeletesTheImageOfAStoppedContainerButKeepsItsLayer() {
        byte[] archive = small("stopped");
        String id = importAs("hello-world", archive);
        scheduler.uses(id, RUNNING, false);
        assertThat(remove("hello-world", true))
                .isEqualTo("[{\"Untagged\":\"hello-world:latest\"},{\"Deleted\":\"" + id + "\"}]");
        assertThat(hasBlob(Digest.of(archive).toString())).isTrue();
    }

    @Test
    void aCreateThatResolvesDuringARemovalIsNoticed() {
        String id = importAs("busybox", small("race"));
        scheduler.whenAsked(() -> {
            images().resolve(ImageQuery.newBuilder().setReference("busybox").build());
            scheduler.uses(id, RUNNING, false);
        });
        assertThatThrownBy(() -> remove("busybox", false))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("must force");
        assertThat(inspect("busybox").path("Id").textValue()).isEqualTo(id);
    }

    @Test
    void pruneTakesDanglingImagesOnly() {
        importAs("kept", small("kept"));
        String dangling = importAs("lost", small("lost"));
        importAs("lost", small("newer"));
        var report = json(images().prune(PruneImages.getDefaultInstance()));
        assertThat(report.path("ImagesDeleted").get(0).path("Deleted").textValue())
                .isEqualTo(dangling);
        assertThat(report.path("SpaceReclaimed").longValue()).isEqualTo(4);
        assertThat(json(images().prune(PruneImages.getDefaultInstance())).toString())
                .isEqualTo("{\"ImagesDeleted\":null,\"SpaceReclaimed\":0}");
    }

    @Test
    void saysDockersEventsInTheirOrder() {
        String id = importAs("ev:1", small("events"));
        tag("ev:1", "localhost:5000/ev", "1");
        remove("ev:1", false);
        remove(id, true);
        assertThat(query(
                        "select (value::json)->'data'->>'action' || ' ' || ((value::json)->'data'->'actor'->'Attributes'"
                                + "->>'name') from outbox where key = '" + id
                                + "' and topic = 'gantry.images.events' order by position"))
                .containsExactly(
                        "tag ev:1",
                        "import " + id,
                        "tag localhost:5000/ev:1",
                        "untag " + id,
                        "untag " + id,
                        "delete " + id);
        assertThat(query("select coalesce(value, 'tombstone') from outbox where key = '" + id
                        + "' and topic = 'gantry.images.state' order by position desc limit 1"))
                .containsExactly("tombstone");
    }

    @ParameterizedTest
    @EnumSource(value = FaultyBlobs.Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFailureAtAnyStepLeavesNothingAndTheNextImportSucceeds(FaultyBlobs.Fault step) {
        byte[] archive = small("fault at " + step);
        blobs.failAt(step);
        assertThat(post(archive, "reference=f").statusCode()).isEqualTo(503);
        assertThat(list("{}")).isEmpty();
        await(() -> query("select digest from loose_blob").isEmpty());
        assertThat(hasBlob(Digest.of(archive).toString())).isFalse();
        await(() -> unfinishedUploads() == 0);
        importAs("f", archive);
        assertThat(hasBlob(Digest.of(archive).toString())).isTrue();
    }

    @Test
    void whatAKilledImportHadStoredIsSwept() {
        byte[] archive = small("killed");
        Digest digest = Digest.of(archive);
        catalog.expect(digest.toString());
        try (BlobStore.Upload upload = blobs.begin()) {
            upload.write(archive, 0, archive.length);
            upload.flush();
            upload.finish(digest);
        }
        await(() -> !hasBlob(digest.toString()));
        await(() -> query("select digest from loose_blob").isEmpty());
    }

    @Test
    void aFailedCommitLeavesNothing() {
        // the name is taken away from under the transaction by a constraint that only the database knows
        execute("alter table reference add constraint no_such_name check (name <> 'docker.io/library/refused:latest')");
        try {
            byte[] archive = small("refused by the database");
            assertThat(post(archive, "reference=refused").statusCode()).isEqualTo(500);
            assertThat(list("{}")).isEmpty();
            assertThat(query("select id from image")).isEmpty();
            await(() -> !hasBlob(Digest.of(archive).toString()));
        } finally {
            execute("alter table reference drop constraint no_such_name");
        }
    }

    @Test
    void resolvesForTheScheduler() {
        byte[] archive = small("resolve");
        String id = importAs("busybox", archive);
        var channel = ImagesGrpc.newBlockingStub(peers.channel(Role.SCHEDULER, Role.IMAGE))
                .withDeadlineAfter(5, TimeUnit.SECONDS);
        var resolved = channel.resolve(
                ImageQuery.newBuilder().setReference(id.substring(7, 20)).build());
        assertThat(resolved.getId()).isEqualTo(id);
        assertThat(Digest.of(resolved.getConfig().toByteArray()).toString()).isEqualTo(id);
        assertThat(resolved.getLayers(0).getDigest())
                .isEqualTo(Digest.of(archive).toString());
        assertThatThrownBy(() -> channel.resolve(
                        ImageQuery.newBuilder().setReference("nosuch").build()))
                .extracting(ImageServiceTest::message)
                .isEqualTo("404 No such image: nosuch:latest");
        assertThatThrownBy(() -> channel.resolve(ImageQuery.newBuilder()
                        .setReference("busybox")
                        .setPlatform("linux/arm64")
                        .build()))
                .extracting(ImageServiceTest::message)
                .isEqualTo(
                        "404 image with reference busybox was found but its platform (linux/amd64) does not match the"
                                + " specified platform (linux/arm64)");
    }

    @Test
    void refusesUnknownFilters() {
        assertThatThrownBy(() -> list("{\"bogus\":[\"1\"]}"))
                .extracting(ImageServiceTest::message)
                .isEqualTo("400 invalid filter 'bogus'");
        assertThatThrownBy(() -> list("{\"before\":[\"nosuch\"]}"))
                .extracting(ImageServiceTest::message)
                .isEqualTo("404 No such image: nosuch:latest");
    }
}
