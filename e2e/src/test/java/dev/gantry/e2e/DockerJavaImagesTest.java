package dev.gantry.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.gantry.e2e.harness.JavaClient;
import dev.gantry.e2e.harness.OnPlatform;
import dev.gantry.e2e.harness.Packaging;
import dev.gantry.e2e.harness.Platforms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** docker-java, unmodified, over the unix socket: images, and what its exceptions are made of. */
@OnPlatform
class DockerJavaImagesTest {
    private static final String IMAGE = "busybox:latest";

    private final DockerClient engine;

    DockerJavaImagesTest(Packaging packaging) {
        engine = JavaClient.of(Platforms.of(packaging));
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
    }

    @Test
    void listsInspectsTagsAndRemovesImages() {
        var id = engine.inspectImageCmd(IMAGE).exec().getId();
        assertThat(id).startsWith("sha256:");
        engine.tagImageCmd(IMAGE, "dj.example/tagged", "1.0").exec();
        assertThat(engine.inspectImageCmd("dj.example/tagged:1.0").exec().getRepoTags())
                .contains(IMAGE, "dj.example/tagged:1.0");
        assertThat(engine.listImagesCmd().withReferenceFilter("dj.example/*").exec())
                .singleElement()
                .satisfies(image -> assertThat(image.getId()).isEqualTo(id));
        engine.removeImageCmd("dj.example/tagged:1.0").exec();
        assertThat(engine.listImagesCmd().withReferenceFilter("dj.example/*").exec())
                .isEmpty();
    }

    @Test
    void savesImagesAndLoadsThem() throws IOException {
        engine.tagImageCmd(IMAGE, "dj.example/saved", "1").exec();
        byte[] archive;
        try (var saved = engine.saveImageCmd("dj.example/saved:1").exec()) {
            archive = saved.readAllBytes();
        }
        engine.removeImageCmd("dj.example/saved:1").exec();
        engine.loadImageCmd(new ByteArrayInputStream(archive)).exec();
        assertThat(engine.inspectImageCmd("dj.example/saved:1").exec().getId())
                .isEqualTo(engine.inspectImageCmd(IMAGE).exec().getId());
        engine.removeImageCmd("dj.example/saved:1").exec();
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> engine.inspectContainerCmd("nosuch").exec())
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("No such container: nosuch");
        assertThatThrownBy(() -> engine.createContainerCmd("nosuch:1").exec())
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("No such image: nosuch:1");
        assertThatThrownBy(() -> engine.inspectImageCmd("nosuch:1").exec()).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> engine.removeVolumeCmd("nosuch").exec()).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> engine.inspectExecCmd("nosuch").exec()).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(
                        () -> engine.inspectNetworkCmd().withNetworkId("nosuch").exec())
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> engine.waitContainerCmd("nosuch").start().awaitStatusCode())
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(
                        () -> engine.copyArchiveFromContainerCmd("nosuch", "/").exec())
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void saysWhatConflicts() {
        var id = engine.createContainerCmd(IMAGE)
                .withName("dj-taken")
                .withCmd("sleep", "600")
                .withStopTimeout(0)
                .exec()
                .getId();
        try {
            assertThatThrownBy(() -> engine.createContainerCmd(IMAGE)
                            .withName("dj-taken")
                            .exec())
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("is already in use by container");
            assertThatThrownBy(() -> engine.killContainerCmd(id).exec()).isInstanceOf(ConflictException.class);
            assertThatThrownBy(() -> engine.execCreateCmd(id).withCmd("true").exec())
                    .isInstanceOf(ConflictException.class);
            assertThatThrownBy(() -> engine.stopContainerCmd(id).exec()).isInstanceOf(NotModifiedException.class);
            engine.startContainerCmd(id).exec();
            assertThatThrownBy(() -> engine.startContainerCmd(id).exec()).isInstanceOf(NotModifiedException.class);
            assertThatThrownBy(() -> engine.removeContainerCmd(id).exec()).isInstanceOf(ConflictException.class);
        } finally {
            engine.removeContainerCmd(id).withForce(true).exec();
        }
    }

    @Test
    void saysWhatIsWrongInARequest() {
        assertThatThrownBy(() ->
                        engine.createContainerCmd(IMAGE).withName("not a name").exec())
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("Invalid container name");
        assertThatThrownBy(() -> engine.listContainersCmd()
                        .withFilter("bogus", List.of("x"))
                        .exec())
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("bogus");
    }

    @Test
    void saysWhatIsNotBuilt() {
        assertThatThrownBy(
                        () -> engine.createNetworkCmd().withName("dj-network").exec())
                .isInstanceOfSatisfying(
                        DockerException.class,
                        refused -> assertThat(refused.getHttpStatus()).isEqualTo(501))
                .hasMessageContaining("not supported yet");
    }
}
