package dev.gantry.image.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.rpc.ImageQuery;
import dev.gantry.contracts.rpc.PruneImages;
import dev.gantry.oci.digest.Digest;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ImagePlatform.class)
class ImageRemovalTest extends ImageServiceSuite {
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
                .extracting(ImageRemovalTest::message)
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
                .extracting(ImageRemovalTest::message)
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
                .extracting(ImageRemovalTest::message)
                .isEqualTo("409 conflict: unable to remove repository reference \"busybox\" (must force) - container"
                        + " a3ab0d1d153a is using its referenced image " + shortId);
        assertThatThrownBy(() -> remove(shortId, false))
                .extracting(ImageRemovalTest::message)
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
}
