package dev.gantry.registry.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.oci.digest.Digest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final UUID ID = UUID.fromString("123e4567-e89b-42d3-a456-426614174000");

    @Test
    void readsThePathsOfTheSpecification() {
        assertThat(Target.parse("/v2/")).isEqualTo(new Target.Base());
        assertThat(Target.parse("/v2")).isEqualTo(new Target.Base());
        assertThat(Target.parse("/v2/a/b-c/blobs/" + DIGEST)).isEqualTo(new Target.Blob("a/b-c", Digest.parse(DIGEST)));
        assertThat(Target.parse("/v2/a/blobs/uploads/")).isEqualTo(new Target.Uploads("a"));
        assertThat(Target.parse("/v2/a/blobs/uploads")).isEqualTo(new Target.Uploads("a"));
        assertThat(Target.parse("/v2/a/blobs/uploads/" + ID)).isEqualTo(new Target.Upload("a", ID));
        assertThat(Target.parse("/v2/a/manifests/latest")).isEqualTo(new Target.Manifest("a", "latest"));
        assertThat(Target.parse("/v2/a/tags/list")).isEqualTo(new Target.Tags("a"));
        assertThat(Target.parse("/v2/blobs/uploads/blobs/uploads/")).isEqualTo(new Target.Uploads("blobs/uploads"));
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/A/blobs/uploads/, NAME_INVALID",
        "/v2/../blobs/uploads/, NAME_INVALID",
        "/v2/a//b/blobs/uploads/, NAME_INVALID",
        "/v2/a/blobs/sha256:12, DIGEST_INVALID",
        "/v2/a/blobs/..%2f..%2fetc, DIGEST_INVALID",
        "/v2/a/blobs/uploads/x, BLOB_UPLOAD_UNKNOWN",
        "/v2/a/blobs/uploads/../../etc, NAME_UNKNOWN",
        "/v2/a, NAME_UNKNOWN",
        "/v2/a/blobs/, NAME_UNKNOWN",
        "/etc/passwd, NAME_UNKNOWN"
    })
    void refusesOthersWithACodeOfTheSpecification(String path, String code) {
        assertThatThrownBy(() -> Target.parse(path))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.error()).isEqualTo(DistributionError.valueOf(code)));
    }

    @Test
    void refusesVeryLongPathsQuickly() {
        assertThatThrownBy(() -> Target.parse("/v2/" + "a/".repeat(1_000_000) + "tags/list"))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Target.parse("/v2/" + "a".repeat(256) + "/tags/list"))
                .isInstanceOf(Refusal.class);
    }
}
