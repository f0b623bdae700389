package dev.gantry.image.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gantry.image.blob.BlobStore;
import dev.gantry.image.blob.FaultyBlobs;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.testing.Tar;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@QuarkusTestResource(ImagePlatform.class)
class ImageImportTest extends ImageServiceSuite {
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
        importAs("gz", Tar.gzip(archive));
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
        assertThat(post(new Tar().file("ok", "1").file("../evil", "2").bytes(), "")
                        .body())
                .contains("../evil")
                .contains("leaves the root");
        assertThat(post(new Tar().symlink("l", "../../etc").bytes(), "").body()).contains("invalid symlink");
        assertThat(post(new Tar().hardLink("l", "../etc/passwd").bytes(), "").body())
                .contains("invalid hard link");
        var through = new Tar().symlink("d", "/etc").file("d/passwd", "x").bytes();
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
}
