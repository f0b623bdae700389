package dev.gantry.image.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.BlobQuery;
import dev.gantry.contracts.rpc.BlobsGrpc;
import dev.gantry.contracts.rpc.Document;
import dev.gantry.contracts.rpc.ImageQuery;
import dev.gantry.contracts.rpc.ImagesGrpc;
import dev.gantry.contracts.rpc.ListImages;
import dev.gantry.contracts.rpc.RemoveImage;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.contracts.rpc.TagImage;
import dev.gantry.image.blob.FaultyBlobs;
import dev.gantry.image.store.Catalog;
import dev.gantry.oci.testing.Tar;
import dev.gantry.service.http.HttpPeers;
import dev.gantry.service.rpc.Peers;
import dev.gantry.service.rpc.RpcErrors;
import io.quarkus.agroal.DataSource;
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

/** The service with everything that it needs, and what a client asks of it. Every test leaves it without an image. */
abstract class ImageServiceSuite {
    static final String RUNNING = "a3ab0d1d153ae1fb5cd4b029a29dea38d1c44ea52f4666ae31f0d1dccac1a260";

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

    ImagesGrpc.ImagesBlockingStub images() {
        return ImagesGrpc.newBlockingStub(peers.channel(Role.GATEWAY, Role.IMAGE))
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    HttpResponse<String> post(byte[] archive, String query) {
        return post("/images/import", archive, query);
    }

    /** The line of a load that says so. */
    static String loaded(String name) {
        return "{\"stream\":\"Loaded image: " + name + "\\n\"}\r\n";
    }

    /** What the load answers; it is always a 200. */
    String load(byte[] archive, String query) {
        var answer = post("/images/load", archive, query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    HttpResponse<String> post(String path, byte[] archive, String query) {
        try {
            return http.client(Role.GATEWAY, Role.IMAGE)
                    .send(
                            HttpRequest.newBuilder(http.uri(Role.IMAGE, path + "?" + query))
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(archive))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String importAs(String name, byte[] archive) {
        var answer = post(archive, "reference=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).endsWith("\r\n");
        return json(answer.body()).path("status").textValue();
    }

    static JsonNode json(String text) {
        return DockerJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    static JsonNode json(Document document) {
        return DockerJson.parse(document.getJson().toByteArray());
    }

    JsonNode inspect(String reference) {
        return json(
                images().inspect(ImageQuery.newBuilder().setReference(reference).build()));
    }

    JsonNode list(String filters) {
        return json(images().list(ListImages.newBuilder()
                .setFilters(com.google.protobuf.ByteString.copyFromUtf8(filters))
                .build()));
    }

    String remove(String reference, boolean force) {
        return images().remove(RemoveImage.newBuilder()
                        .setReference(reference)
                        .setForce(force)
                        .build())
                .getJson()
                .toStringUtf8();
    }

    void tag(String reference, String repository, String tag) {
        var changed = images().tag(TagImage.newBuilder()
                .setReference(reference)
                .setRepository(repository)
                .setTag(tag)
                .build());
        assertThat(changed.getChanged()).isTrue();
    }

    boolean hasBlob(String digest) {
        return BlobsGrpc.newBlockingStub(peers.channel(Role.IMAGE, Role.REGISTRY))
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .stat(BlobQuery.newBuilder().setDigest(digest).build())
                .getFound();
    }

    List<String> query(String sql) {
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

    void execute(String sql) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            var _ = statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    long unfinishedUploads() {
        try (var files = Files.list(data.resolve("registry/uploads"))) {
            return files.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static void await(BooleanSupplier condition) {
        Instant limit = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(limit);
            Thread.onSpinWait();
        }
    }

    static String message(Throwable failure) {
        GantryException known = RpcErrors.from(failure, "image");
        return known.code().httpStatus() + " " + known.getMessage();
    }

    static byte[] small(String content) {
        return new Tar().file("./f", content).bytes();
    }
}
