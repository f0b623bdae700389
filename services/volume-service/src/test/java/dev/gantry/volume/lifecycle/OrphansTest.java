package dev.gantry.volume.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.volume.rpc.FakeDisks;
import dev.gantry.volume.rpc.VolumePlatform;
import dev.gantry.volume.store.VolumeStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A create that died between its claim and its commit leaves nothing for ever. */
@QuarkusTest
@QuarkusTestResource(VolumePlatform.class)
class OrphansTest {
    @Inject
    Orphans orphans;

    @Inject
    Volumes volumes;

    @Inject
    VolumeStore store;

    @Inject
    FakeDisks disks;

    @Test
    void claimsOfContainersThatWereNeverMadeAreEndedLater() {
        orphans.stop(new ShutdownEvent()); // this test says when they are looked for
        var wish = new Wish("f".repeat(64), "", null, null);
        var _ = volumes.claim("never", "n1", List.of(new Volumes.Wanted(wish, "/d", true)));
        var kept = new Wish("kept", "", null, null);
        var _ = volumes.claim("made", "n1", List.of(new Volumes.Wanted(kept, "/d", false)));
        disks.know("made");
        orphans.round(Instant.now().minusSeconds(60));
        assertThat(store.claimants(Instant.now())).contains("never", "made");
        orphans.round(Instant.now().plusSeconds(1));
        assertThat(store.claimants(Instant.now())).contains("made").doesNotContain("never");
        assertThat(disks.holds("n1", "f".repeat(64))).isFalse();
    }
}
