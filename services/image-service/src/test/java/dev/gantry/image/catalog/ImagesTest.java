package dev.gantry.image.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.oci.reference.ImageReference;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImagesTest {
    private final Image image = SomeImages.image("one", Optional.empty(), "a", "b");
    private final Images images = SomeImages.with(Images.NONE, image, "busybox", "localhost:5000/x:1");

    @Test
    void findsByNameIdAndPrefix() {
        assertThat(images.find("busybox").image())
                .isEqualTo(images.find("busybox:latest").image());
        assertThat(images.find("docker.io/library/busybox").name())
                .map(ImageReference::familiar)
                .contains("busybox:latest");
        for (String text : new String[] {
            image.id().toString(),
            image.id().hex(),
            image.id().hex().substring(0, 7),
            "sha256:" + image.id().shortHex()
        }) {
            assertThat(images.find(text).image().id()).as(text).isEqualTo(image.id());
            assertThat(images.find(text).name()).isEmpty();
        }
    }

    @Test
    void saysWhatIsNotThereAsDockerDoes() {
        assertThatThrownBy(() -> images.find("nosuch")).hasMessage("No such image: nosuch:latest");
        assertThatThrownBy(() -> images.find("a/b/c")).hasMessage("No such image: a/b/c:latest");
        String id = "sha256:" + "0".repeat(64);
        assertThatThrownBy(() -> images.find(id)).hasMessage("No such image: " + id);
        assertThatThrownBy(() -> images.find("BAD"))
                .hasMessage("invalid reference format: repository name (library/BAD) must be lowercase");
        assertThatThrownBy(() -> images.find("")).hasMessage("invalid reference format");
    }

    @Test
    void aNameThatLooksLikeAnIdWins() {
        Image other = SomeImages.image("other", Optional.empty(), "c");
        String prefix = image.id().hex().substring(0, 6);
        Images named = SomeImages.with(images, other, prefix);
        assertThat(named.find(prefix).image().id()).isEqualTo(other.id());
    }

    @Test
    void aPrefixOfSeveralIdsIsNotFound() {
        Images many = images;
        for (int i = 0; i < 40; i++) {
            many = many.with(SomeImages.image("n" + i, Optional.empty(), "l" + i));
        }
        Images all = many;
        long found = "0123456789abcdef"
                .chars()
                .filter(digit -> {
                    try {
                        all.find(Character.toString(digit));
                        return true;
                    } catch (dev.gantry.contracts.error.GantryException e) {
                        return false;
                    }
                })
                .count();
        assertThat(found).isLessThan(16);
    }

    @Test
    void aNameMovesToAnotherImage() {
        Image other = SomeImages.image("other", Optional.empty(), "c");
        Images moved = images.with(other).tagged(SomeImages.name("busybox"), other, Instant.EPOCH);
        assertThat(moved.find("busybox").image().id()).isEqualTo(other.id());
        assertThat(moved.names(image)).hasSize(1);
        assertThat(images.find("busybox").image().id()).isEqualTo(image.id());
    }

    @Test
    void chainsLayersAsTheSpecificationHasIt() {
        String chained = SomeImages.digest("a") + " " + SomeImages.digest("b");
        assertThat(image.chainIds()).containsExactly(SomeImages.digest("a"), SomeImages.digest(chained));
    }
}
