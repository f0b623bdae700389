package dev.gantry.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every driver promises. */
abstract class CgroupsSuite {
    static final String ID = "abc123";
    private static final long MIB = 1 << 20;

    /** A driver as a new process would make it: it remembers nothing. */
    abstract Cgroups driver();

    @AfterEach
    void nothingIsLeft() {
        driver().remove(ID);
        assertThat(driver().list()).isEmpty();
    }

    @Test
    void aGroupIsFoundAgainByAnotherProcess() {
        driver().create(ID, Limits.NONE);
        assertThat(driver().list()).containsExactly(ID);
        assertThat(driver().find(ID).orElseThrow().container()).isEqualTo(ID);
        assertThat(driver().find("abc124")).isEmpty();
    }

    @Test
    void limitsAreInForceFromTheBeginning() {
        var limits = Limits.NONE.withMemory(64 * MIB).withMemorySwap(128 * MIB).withPids(17);
        var stats = driver().create(ID, limits).stats();
        assertThat(stats.memoryLimitBytes()).isEqualTo(64 * MIB);
        assertThat(stats.pidsLimit()).isEqualTo(17);
    }

    @Test
    void noLimitIsNone() {
        var stats = driver().create(ID, Limits.NONE).stats();
        assertThat(stats.memoryLimitBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(stats.pidsLimit()).isZero();
    }

    @Test
    void limitsGoUpAndDown() {
        var group = driver().create(ID, Limits.NONE.withMemory(64 * MIB).withMemorySwap(64 * MIB));
        for (long memory : List.of(128 * MIB, 32 * MIB, 256 * MIB)) {
            group.update(Limits.NONE.withMemory(memory).withMemorySwap(2 * memory));
            assertThat(group.stats().memoryLimitBytes()).isEqualTo(memory);
        }
        group.update(Limits.NONE.withMemory(-1).withMemorySwap(-1));
        assertThat(group.stats().memoryLimitBytes()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anUpdateLeavesTheRestAlone() {
        var group = driver().create(ID, Limits.NONE.withPids(17).withNanoCpus(500_000_000));
        group.update(Limits.NONE.withMemory(64 * MIB));
        assertThat(group.stats().pidsLimit()).isEqualTo(17);
    }

    @Test
    void anEmptyGroupOfAFailedStartIsTakenOver() {
        driver().create(ID, Limits.NONE.withPids(17));
        assertThat(driver().create(ID, Limits.NONE.withPids(18)).stats().pidsLimit())
                .isEqualTo(18);
    }

    @Test
    void removingTwiceIsSuccess() {
        driver().create(ID, Limits.NONE);
        driver().remove(ID);
        driver().remove(ID);
        assertThat(driver().find(ID)).isEmpty();
    }

    @Test
    void monitorsHaveAGroupOfTheInstancesOwn() {
        driver().create(ID, Limits.NONE);
        var group = driver().monitors().orElseThrow();
        assertThat(driver().monitors()).contains(group);
        assertThat(driver().list()).containsExactly(ID);
        driver().removeMonitors();
        driver().removeMonitors();
        var file = switch (group) {
            case CgroupEntry.Directory(var path) -> path;
            case CgroupEntry.Tasks(var files) -> files.getFirst();
        };
        assertThat(file).doesNotExist();
        driver().remove(ID);
    }

    @Test
    void anIdThatIsAPathIsRefused() {
        for (var id : List.of("", "..", "a/b", "ABC", "a".repeat(65))) {
            assertThatThrownBy(() -> driver().create(id, Limits.NONE)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void freshCountersAreSmall() {
        var group = driver().create(ID, Limits.NONE);
        assertThat(group.oomKills()).isZero();
        assertThat(group.processes()).isEmpty();
        assertThat(group.stats().cpuNanos()).isLessThan(1_000_000_000);
    }
}
