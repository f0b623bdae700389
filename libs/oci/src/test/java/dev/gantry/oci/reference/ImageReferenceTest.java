package dev.gantry.oci.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases are those of github.com/distribution/reference's own tests, and the words those of a real engine. */
class ImageReferenceTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @ParameterizedTest
    @CsvSource({
        "busybox, docker.io/library/busybox, busybox",
        "busybox:1.35, docker.io/library/busybox:1.35, busybox:1.35",
        "docker.io/busybox, docker.io/library/busybox, busybox",
        "index.docker.io/busybox, docker.io/library/busybox, busybox",
        "docker.io/library/x:1, docker.io/library/x:1, x:1",
        "user/app, docker.io/user/app, user/app",
        "library/user/app, docker.io/library/user/app, library/user/app",
        "localhost/app, localhost/app, localhost/app",
        "localhost:5000/a/b:c, localhost:5000/a/b:c, localhost:5000/a/b:c",
        "Docker.Example:8080/app, Docker.Example:8080/app, Docker.Example:8080/app",
        "[::1]:5000/app, [::1]:5000/app, [::1]:5000/app",
        "a/b/c, docker.io/a/b/c, a/b/c",
        "127.0.0.1/app, 127.0.0.1/app, 127.0.0.1/app",
        "foo_bar/baz__q-x--y.z, docker.io/foo_bar/baz__q-x--y.z, foo_bar/baz__q-x--y.z",
        "REGISTRY/app, REGISTRY/app, REGISTRY/app"
    })
    void normalisesNames(String text, String full, String familiar) {
        ImageReference reference = ImageReference.parse(text);
        assertThat(reference).hasToString(full);
        assertThat(reference.familiar()).isEqualTo(familiar);
    }

    @Test
    void addsTheTagLatestToABareName() {
        assertThat(ImageReference.parse("busybox").orLatest().familiar()).isEqualTo("busybox:latest");
        assertThat(ImageReference.parse("busybox@" + DIGEST).orLatest().familiar())
                .isEqualTo("busybox@" + DIGEST);
    }

    @Test
    void keepsTagAndDigest() {
        ImageReference both = ImageReference.parse("busybox:1@" + DIGEST);
        assertThat(both.tag()).contains("1");
        assertThat(both.digest()).map(Object::toString).contains(DIGEST);
        assertThat(both).hasToString("docker.io/library/busybox:1@" + DIGEST);
    }

    @ParameterizedTest
    @CsvSource({
        "BAD, invalid reference format: repository name (library/BAD) must be lowercase",
        "Bad:1, invalid reference format: repository name (library/Bad) must be lowercase",
        "'', invalid reference format",
        "a b, invalid reference format",
        "-x, invalid reference format",
        "x:, invalid reference format",
        "x:a/b:c, invalid reference format",
        "a//b, invalid reference format",
        "/a, invalid reference format",
        "a/, invalid reference format",
        "a@sha256:12, invalid reference format",
        "a@md5:12, unsupported digest algorithm",
        "aa/asdf$$^/aa, invalid reference format",
        "a___b, invalid reference format",
        "x:-1, invalid reference format"
    })
    void refusesInDockersWords(String text, String message) {
        assertThatThrownBy(() -> ImageReference.parse(text))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessage(message);
    }

    @Test
    void refusesAFullIdAsAName() {
        String id = "a".repeat(64);
        assertThatThrownBy(() -> ImageReference.parse(id))
                .hasMessage("invalid repository name (" + id + "), cannot specify 64-byte hexadecimal strings");
    }

    @Test
    void holdsTheLengthLimits() {
        // the limit counts the domain: docker.io/library/ are 18 characters
        assertThat(ImageReference.parse("a".repeat(255 - 18)).name()).hasSize(255);
        assertThatThrownBy(() -> ImageReference.parse("a".repeat(255 - 17)))
                .hasMessage("repository name must not be more than 255 characters");
        assertThat(ImageReference.parse("a:" + "t".repeat(128)).tag()).contains("t".repeat(128));
        assertThatThrownBy(() -> ImageReference.parse("a:" + "t".repeat(129))).hasMessage("invalid reference format");
        assertThatThrownBy(() -> ImageReference.parse("a/".repeat(100_000)))
                .isInstanceOf(InvalidReferenceException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a/b", "a:b", "a b"})
    void refusesBadTags(String tag) {
        assertThatThrownBy(() -> ImageReference.parse("x").withTag(tag)).hasMessage("invalid tag format");
    }

    @Test
    void whatIsReadReadsTheSameAgain() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = "aZ09._-/:@[] \0é$localhostsha256";
        for (int round = 0; round < 200_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(24); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                ImageReference reference = ImageReference.parse(text.toString());
                assertThat(ImageReference.parse(reference.toString()))
                        .as("seed %d, %s", seed, text)
                        .isEqualTo(reference);
                assertThat(ImageReference.parse(reference.familiar()))
                        .as("seed %d, %s", seed, text)
                        .isEqualTo(reference);
            } catch (InvalidReferenceException refused) {
                assertThat(refused).as("seed %d", seed).hasMessageStartingWith("");
            }
        }
    }
}
