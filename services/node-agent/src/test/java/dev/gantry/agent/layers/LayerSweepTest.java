package dev.gantry.agent.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.files.NeedsRoot;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.linux.Kernel;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.testing.Tar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Unpacks onto a real disk, as root: ownership needs it. */
@ExtendWith(NeedsRoot.class)
class LayerSweepTest {
    @TempDir
    private Path directory;

    private final Blobs blobs = new Blobs();
    private final Set<Digest> used = new HashSet<>();
    private final Set<Digest> known = new HashSet<>();
    private LayerStore store;

    @BeforeEach
    void open() {
        store = new LayerStore(Kernel.real(), directory, blobs, 1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Digest unpacked(String name) throws Exception {
        var tar = new Tar().file(name, name).bytes();
        store.ensure(List.of(new Layer(Digest.of(tar), blobs.put(tar), tar.length)));
        return Digest.of(tar);
    }

    private LayerSweep sweep(Duration grace) {
        return new LayerSweep(store, () -> used, layers -> known, grace);
    }

    @Test
    void deletesWhatNobodyNeeds() throws Exception {
        var useless = unpacked("useless");
        used.add(unpacked("used"));
        known.add(unpacked("known"));

        sweep(Duration.ZERO).round();

        assertThat(store.has(useless)).isFalse();
        assertThat(store.all()).hasSize(2).containsAll(used).containsAll(known);
        try (var left = Files.newDirectoryStream(directory, LayerStore.UNFINISHED + "*")) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void keepsWhatWasAskedForAMomentAgo() throws Exception {
        var fresh = unpacked("fresh");

        sweep(Duration.ofMinutes(10)).round();

        assertThat(store.has(fresh)).isTrue();
        assertThat(store.removeIdle(fresh, Duration.ofMinutes(10))).isFalse();
    }

    @Test
    void keepsAllWhileNobodyCanTell() throws Exception {
        var useless = unpacked("useless");
        var sweep = new LayerSweep(
                store,
                () -> used,
                layers -> {
                    throw ErrorCode.SERVICE_AWAY.with("image", "refused");
                },
                Duration.ZERO);

        sweep.round();

        assertThat(store.has(useless)).isTrue();
    }

    @Test
    void whatIsDeletedIsFetchedAgain() throws Exception {
        var layer = unpacked("again");
        sweep(Duration.ZERO).round();
        assertThat(store.has(layer)).isFalse();

        assertThat(unpacked("again")).isEqualTo(layer);
        assertThat(store.has(layer)).isTrue();
    }
}
