package dev.gantry.image.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.docker.image.HistoryEntry;
import dev.gantry.contracts.docker.image.ImageSummary;
import dev.gantry.contracts.filter.Filters;
import dev.gantry.image.catalog.Image;
import dev.gantry.image.catalog.Images;
import dev.gantry.image.catalog.SomeImages;
import dev.gantry.oci.reference.ImageReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:45:06Z");
    private final Image base = SomeImages.image("b", Optional.empty(), "a");
    private final Image child = SomeImages.image("child", Optional.of(base), "a", "b");
    private final Images images = SomeImages.with(Images.NONE.with(base), child, "busybox:1.35", "x");

    private List<ImageSummary> list(Map<String, List<String>> filters, boolean all) {
        return new ImageList(images, new Filters(filters), NOW).summaries(all, true, image -> 0);
    }

    @Test
    void hidesInnerImagesUnlessAllAreAskedFor() {
        assertThat(list(Map.of(), false))
                .extracting(ImageSummary::id)
                .containsExactly(child.id().toString());
        assertThat(list(Map.of(), true)).hasSize(2);
    }

    @Test
    void countsSharedBytes() {
        assertThat(list(Map.of(), true)).extracting(ImageSummary::sharedSize).containsExactly(10L, 10L);
        assertThat(list(Map.of(), true)).extracting(ImageSummary::size).containsExactly(20L, 10L);
    }

    @Test
    void filters() {
        assertThat(list(Map.of("dangling", List.of("true")), true))
                .extracting(ImageSummary::id)
                .containsExactly(base.id().toString());
        assertThat(list(Map.of("dangling", List.of("false")), true))
                .extracting(ImageSummary::id)
                .containsExactly(child.id().toString());
        assertThat(list(Map.of("reference", List.of("busy*:1.*")), true)
                        .getFirst()
                        .repoTags())
                .containsExactly("busybox:1.35");
        assertThat(list(Map.of("reference", List.of("nosuch")), true)).isEmpty();
        assertThat(list(Map.of("before", List.of("x")), true))
                .extracting(ImageSummary::id)
                .containsExactly(base.id().toString());
        assertThat(list(Map.of("since", List.of("x")), true)).isEmpty();
        assertThat(list(Map.of("until", List.of("2025-01-01")), true)).hasSize(2);
        assertThat(list(Map.of("until", List.of("2001-01-01")), true)).isEmpty();
        assertThatThrownBy(() -> list(Map.of("dangling", List.of("x")), true))
                .hasMessage("invalid filter 'dangling=[x]'");
    }

    @ParameterizedTest
    @CsvSource({
        "busybox, busybox:1.35, true",
        "busy*, busybox:1.35, true",
        "busybox:1.3?, busybox:1.35, true",
        "busybox:1.3[0-4], busybox:1.35, false",
        "busybox:1.3[^0-4], busybox:1.35, true",
        "*, a/b:1, false",
        "*/*, a/b:1, true",
        "a/*:1, a/b:1, true",
        "a.c, abc:1, false",
        "'a[b', abc:1, error"
    })
    void matchesReferencesAsGoMatchesPaths(String pattern, String name, String expected) {
        if (expected.equals("error")) {
            assertThatThrownBy(() -> PathPattern.of(pattern)).hasMessageContaining("syntax error in pattern");
        } else {
            assertThat(PathPattern.of(pattern).matches(ImageReference.parse(name)))
                    .isEqualTo(Boolean.valueOf(expected));
        }
    }

    @Test
    void readsMoments() {
        assertThat(Moment.parse("1h30m", NOW)).isEqualTo(NOW.minusSeconds(5400));
        assertThat(Moment.parse("1700000000", NOW)).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(Moment.parse("2025-01-01T10:00:00", NOW)).isEqualTo(Instant.parse("2025-01-01T10:00:00Z"));
        assertThat(Moment.parse("2025-01-01T10:00:00+02:00", NOW)).isEqualTo(Instant.parse("2025-01-01T08:00:00Z"));
        assertThatThrownBy(() -> Moment.parse("bogus", NOW))
                .hasMessage("failed to parse value as time or duration: \"bogus\"");
    }

    @Test
    void tellsTheHistoryWithTheIdsThatAreStillHere() {
        List<HistoryEntry> history = ImageDetails.history(images, child);
        assertThat(history)
                .extracting(HistoryEntry::id)
                .containsExactly(child.id().toString(), base.id().toString());
        assertThat(history.getFirst().tags()).containsExactly("busybox:1.35", "x:latest");
        assertThat(history.getLast().tags()).isNull();
        assertThat(ImageDetails.history(SomeImages.with(Images.NONE, child, "x"), child))
                .extracting(HistoryEntry::id)
                .containsExactly(child.id().toString(), "<missing>");
    }
}
