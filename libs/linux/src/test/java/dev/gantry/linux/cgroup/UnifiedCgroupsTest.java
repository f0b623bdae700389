package dev.gantry.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.linux.Kernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a tree of plain files that behaves as cgroup2 does in what matters here: a new directory has its files at once. */
class UnifiedCgroupsTest extends CgroupsSuite {
    /** As a 6.1 kernel fills a new group with all controllers handed down. */
    private static final Map<String, String> FRESH = Map.ofEntries(
            Map.entry("cgroup.controllers", "cpuset cpu io memory pids"),
            Map.entry("cgroup.subtree_control", ""),
            Map.entry("cgroup.procs", ""),
            Map.entry("cgroup.kill", ""),
            Map.entry("cgroup.freeze", "0"),
            Map.entry("cgroup.events", "populated 0\nfrozen 0"),
            Map.entry("cpu.max", "max 100000"),
            Map.entry("cpu.weight", "100"),
            Map.entry(
                    "cpu.stat",
                    "usage_usec 120\nuser_usec 70\nsystem_usec 50\nnr_periods 3\nnr_throttled 2\nthrottled_usec 9"),
            Map.entry("io.stat", "8:0 rbytes=4096 wbytes=512 rios=2 wios=1 dbytes=0 dios=0\n253:1 rbytes=1"),
            Map.entry("cpuset.cpus", ""),
            Map.entry("cpuset.mems", ""),
            Map.entry("memory.current", "4096"),
            Map.entry("memory.peak", "8192"),
            Map.entry("memory.max", "max"),
            Map.entry("memory.low", "0"),
            Map.entry("memory.swap.max", "max"),
            Map.entry("memory.stat", "anon 0\nfile 4096\ninactive_file 1024"),
            Map.entry("memory.events", "low 0\nhigh 0\nmax 5\noom 0\noom_kill 0\noom_group_kill 0"),
            Map.entry("pids.current", "0"),
            Map.entry("pids.max", "max"));

    private final Map<Path, DeviceAccess> closed = new HashMap<>();

    @TempDir
    private Path root;

    private static final class FakeTree extends CgroupTree {
        @Override
        boolean make(Path group) {
            boolean made = super.make(group);
            if (made) {
                FRESH.forEach((name, text) -> fill(group.resolve(name), text));
            }
            return made;
        }

        static void fill(Path file, String text) {
            try {
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The kernel keeps what was written, not what of a longer text was there before. */
        @Override
        void write(Path file, List<String> values) {
            var value = values.getLast();
            assertThat(file).exists();
            var append = file.endsWith("cgroup.subtree_control");
            fill(file, append ? (read(file).orElse("") + " " + value.substring(1)).strip() : value);
        }

        @Override
        boolean remove(Path group) {
            FRESH.keySet().forEach(name -> delete(group.resolve(name)));
            return super.remove(group);
        }

        private static void delete(Path file) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void fillRoot() {
        FakeTree.fill(root.resolve("cgroup.controllers"), "cpuset cpu io memory hugetlb pids rdma misc");
        FakeTree.fill(root.resolve("cgroup.subtree_control"), "memory");
    }

    @Override
    Cgroups driver() {
        return new UnifiedCgroups(new FakeTree(), root, "gantry", (group, access) -> closed.put(group, access));
    }

    private String file(String name) throws IOException {
        return Files.readString(root.resolve("gantry").resolve(ID).resolve(name));
    }

    @Test
    void controllersAreHandedDownTwice() throws IOException {
        driver().create(ID, Limits.NONE);
        assertThat(Files.readString(root.resolve("cgroup.subtree_control"))).isEqualTo("memory cpuset cpu io pids");
        assertThat(Files.readString(root.resolve("gantry/cgroup.subtree_control")))
                .isEqualTo("cpuset cpu io memory pids");
    }

    @Test
    void limitsAreWrittenInThisVersionsUnits() throws IOException {
        var limits =
                new Limits(100, 250, 50, 1_500_000_000, 0, 0, 1024, "0-1", "0", -1, false, DeviceAccess.DOCKER_DEFAULT);
        driver().create(ID, limits);
        assertThat(file("memory.max")).isEqualTo("100");
        assertThat(file("memory.swap.max")).isEqualTo("150");
        assertThat(file("memory.low")).isEqualTo("50");
        assertThat(file("cpu.max")).isEqualTo("150000 100000");
        assertThat(file("cpu.weight")).isEqualTo("39");
        assertThat(file("cpuset.cpus")).isEqualTo("0-1");
        assertThat(file("pids.max")).isEqualTo("max");
    }

    @Test
    void aQuotaAloneKeepsThePeriod() throws IOException {
        var group = driver().create(
                        ID, new Limits(0, 0, 0, 0, 5_000, 50_000, 0, "", "", 0, false, DeviceAccess.EVERYTHING));
        group.update(new Limits(0, 0, 0, 0, -1, 0, 0, "", "", 0, false, DeviceAccess.EVERYTHING));
        assertThat(file("cpu.max")).isEqualTo("max 50000");
    }

    @Test
    void detailsAreReadByKeyAndDevice() {
        var detail = driver().create(ID, Limits.NONE).detail();
        assertThat(detail.memory()).isEqualTo(Map.of("anon", 0L, "file", 4096L, "inactive_file", 1024L));
        assertThat(detail.io())
                .containsExactly(
                        new CgroupDetail.BlockIo(CgroupDetail.Unit.BYTES, 8, 0, "read", 4096),
                        new CgroupDetail.BlockIo(CgroupDetail.Unit.BYTES, 8, 0, "write", 512),
                        new CgroupDetail.BlockIo(CgroupDetail.Unit.OPERATIONS, 8, 0, "read", 2),
                        new CgroupDetail.BlockIo(CgroupDetail.Unit.OPERATIONS, 8, 0, "write", 1),
                        new CgroupDetail.BlockIo(CgroupDetail.Unit.BYTES, 253, 1, "read", 1));
        assertThat(detail.perCpuNanos()).isEmpty();
    }

    @Test
    void aFrozenGroupSaysSo() {
        var group = driver().create(ID, Limits.NONE);
        assertThat(group.frozen()).isFalse();
        FakeTree.fill(root.resolve("gantry").resolve(ID).resolve("cgroup.events"), "populated 1\nfrozen 1");
        group.freeze();
        assertThat(group.frozen()).isTrue();
        group.thaw();
        assertThat(group.frozen()).isFalse();
    }

    @Test
    void lessSwapThanMemoryIsRefused() {
        assertThatThrownBy(() -> driver().create(ID, Limits.NONE.withMemory(100).withMemorySwap(50)))
                .isInstanceOf(CgroupException.class)
                .hasMessageContaining("less than memory alone");
        assertThat(driver().list()).isEmpty();
    }

    @Test
    void countersAreReadInNanoseconds() {
        var stats = driver().create(ID, Limits.NONE).stats();
        assertThat(stats.cpuNanos()).isEqualTo(120_000);
        assertThat(stats.throttledNanos()).isEqualTo(9_000);
        assertThat(stats.memoryBytes()).isEqualTo(4_096);
        assertThat(stats.inactiveFileBytes()).isEqualTo(1_024);
    }

    @Test
    void devicesAreClosedUnlessEverythingIsAllowed() {
        driver().create(ID, Limits.NONE);
        assertThat(closed).containsEntry(root.resolve("gantry").resolve(ID), DeviceAccess.DOCKER_DEFAULT);
        closed.clear();
        driver().create(ID, Limits.NONE.withDevices(DeviceAccess.EVERYTHING));
        assertThat(closed).isEmpty();
    }

    @Test
    void aChangeOfTheEventsFileIsReported() throws IOException {
        var group = driver().create(ID, Limits.NONE);
        try (var events = group.oomEvents(Kernel.real())) {
            Files.writeString(root.resolve("gantry").resolve(ID).resolve("memory.events"), "oom_kill 1");
            assertThat(Kernel.real().read(events.number(), new byte[64])).isPositive();
            assertThat(group.oomKills()).isEqualTo(1);
        }
    }

    @Test
    void aProcessEntersTheDirectory() {
        assertThat(driver().create(ID, Limits.NONE).entry())
                .isEqualTo(new CgroupEntry.Directory(root.resolve("gantry").resolve(ID)));
    }
}
