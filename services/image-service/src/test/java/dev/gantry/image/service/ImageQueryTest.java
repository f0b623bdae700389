package dev.gantry.image.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.rpc.ImageQuery;
import dev.gantry.contracts.rpc.ImagesGrpc;
import dev.gantry.contracts.rpc.Role;
import dev.gantry.oci.digest.Digest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ImagePlatform.class)
class ImageQueryTest extends ImageServiceSuite {
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
                .extracting(ImageQueryTest::message)
                .isEqualTo("404 No such image: nosuch:latest");
        assertThatThrownBy(() -> channel.resolve(ImageQuery.newBuilder()
                        .setReference("busybox")
                        .setPlatform("linux/arm64")
                        .build()))
                .extracting(ImageQueryTest::message)
                .isEqualTo(
                        "404 image with reference busybox was found but its platform (linux/amd64) does not match the"
                                + " specified platform (linux/arm64)");
    }

    @Test
    void refusesUnknownFilters() {
        assertThatThrownBy(() -> list("{\"bogus\":[\"1\"]}"))
                .extracting(ImageQueryTest::message)
                .isEqualTo("400 invalid filter 'bogus'");
        assertThatThrownBy(() -> list("{\"before\":[\"nosuch\"]}"))
                .extracting(ImageQueryTest::message)
                .isEqualTo("404 No such image: nosuch:latest");
    }
}
