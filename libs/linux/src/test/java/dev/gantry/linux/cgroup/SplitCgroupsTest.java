package dev.gantry.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.gantry.linux.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** On the host's own hierarchies, as root. */
@EnabledIf("available")
class SplitCgroupsTest extends CgroupsSuite {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final String INSTANCE = "gtest-" + ProcessHandle.current().pid();

    private final List<Process> started = new ArrayList<>();

    static boolean available() {
        return Files.isWritable(ROOT.resolve("memory")) && Files.exists(ROOT.resolve("memory/tasks"));
    }

    @Override
    Cgroups driver() {
        return HostCgroups.at(ROOT, INSTANCE);
    }

    @AfterEach
    void processesAreGone() throws InterruptedException {
        for (var process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @AfterAll
    static void removeParents() throws IOException {
        try (Stream<Path> hierarchies = Files.list(ROOT)) {
            for (var hierarchy : hierarchies.toList()) {
                Files.deleteIfExists(hierarchy.resolve(INSTANCE));
            }
        }
    }

    /** A shell that enters the group as pid 1 does and becomes the command. */
    private Process run(ContainerCgroup group, String command) throws IOException {
        var script = new StringBuilder();
        for (var tasks : ((CgroupEntry.Tasks) group.entry()).files()) {
            script.append("echo 0 > ").append(tasks).append(" && ");
        }
        var process = new ProcessBuilder("sh", "-c", script + "exec " + command).start();
        started.add(process);
        return process;
    }

    private static void await(BooleanSupplier condition) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            while (!condition.getAsBoolean()) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void everyControllerHasTheProcess() throws IOException {
        var group = driver().create(ID, Limits.NONE.withCpuset("0", ""));
        var process = run(group, "sleep 100");
        await(() -> group.processes().size() == 1);
        var cgroups = Files.readString(Path.of("/proc/" + process.pid() + "/cgroup"));
        for (var controller : List.of("cpu", "cpuacct", "cpuset", "memory", "pids", "blkio", "devices", "freezer")) {
            assertThat(cgroups).contains(":" + controller + ":/" + INSTANCE + "/" + ID);
        }
    }

    @Test
    void killingReachesEveryProcess() throws IOException {
        var group = driver().create(ID, Limits.NONE);
        run(group, "sh -c 'sleep 100 & sleep 100 & wait'");
        await(() -> group.processes().size() == 3);
        group.killAll();
        await(() -> group.processes().isEmpty());
    }

    @Test
    void detailsAreThoseOfTheKernel() {
        var detail = driver().create(ID, Limits.NONE).detail();
        assertThat(detail.perCpuNanos()).isNotEmpty();
        assertThat(detail.memory()).containsKeys("total_inactive_file", "rss", "cache");
    }

    @Test
    void blockDevicesAreReadLineByLine() {
        assertThat(BlockIoText.split(CgroupDetail.Unit.BYTES, "8:0 Read 4096\n8:0 Write 0\nTotal 4096\nnonsense"))
                .containsExactly(
                        new CgroupDetail.BlockIo(CgroupDetail.Unit.BYTES, 8, 0, "Read", 4096),
                        new CgroupDetail.BlockIo(CgroupDetail.Unit.BYTES, 8, 0, "Write", 0));
    }

    @Test
    void frozenProcessesDoNotRun() throws IOException {
        var group = driver().create(ID, Limits.NONE);
        run(group, "sh -c 'while :; do :; done'");
        await(() -> group.stats().cpuNanos() > 20_000_000);
        assertThat(group.frozen()).isFalse();
        group.freeze();
        assertThat(group.frozen()).isTrue();
        long before = group.stats().cpuUserNanos();
        long after = group.stats().cpuUserNanos();
        assertThat(after).isEqualTo(before);
        group.thaw();
        await(() -> group.stats().cpuUserNanos() > before);
    }

    @Test
    void whoTakesTooMuchMemoryIsKilledAndCounted() throws Exception {
        var limits = Limits.NONE.withMemory(16 << 20).withMemorySwap(16 << 20);
        var group = driver().create(ID, limits);
        try (var events = group.oomEvents(Kernel.real())) {
            assertThatThrownBy(() -> Kernel.real().read(events.number(), new byte[8]))
                    .hasMessageContaining("EAGAIN");
            var process = run(group, "python3 -c 'x = bytearray(64 << 20)'");
            assertThat(process.waitFor()).isEqualTo(137);
            assertThat(Kernel.real().read(events.number(), new byte[8])).isEqualTo(8);
        }
        assertThat(group.oomKills()).isEqualTo(1);
        assertThat(driver().find(ID).orElseThrow().oomKills()).isEqualTo(1);
    }

    @Test
    void tooManyProcessesAreRefused() throws Exception {
        var group = driver().create(ID, Limits.NONE.withPids(2));
        var process = run(group, "sh -c 'sleep 1 & sleep 1 & sleep 1 & wait'");
        assertThat(process.waitFor()).isNotZero();
    }

    @Test
    void devicesBeyondTheListAreRefused() throws Exception {
        var group = driver().create(ID, Limits.NONE);
        assertThat(run(group, "sh -c 'echo x > /dev/null && echo x > /dev/full'")
                        .waitFor())
                .isNotZero();
        assertThat(run(group, "sh -c 'head -c1 /dev/zero'").waitFor()).isZero();
        assertThat(run(group, "sh -c 'd=$(mktemp -u); mknod $d c 1 1 && head -c1 $d; r=$?; rm $d; exit $r'")
                        .waitFor())
                .isNotZero();
    }

    @Test
    void aBusyGroupIsNotRemovedInSilence() throws IOException {
        var group = driver().create(ID, Limits.NONE);
        run(group, "sleep 100");
        await(() -> group.processes().size() == 1);
        var removal = new Removal(new CgroupTree(), Duration.ofMillis(50));
        assertThatThrownBy(() -> removal.remove(ID, List.of(ROOT.resolve("pids/" + INSTANCE + "/" + ID))))
                .isInstanceOf(CgroupException.class)
                .hasMessageContaining("busy");
        assertThatThrownBy(() -> driver().create(ID, Limits.NONE)).hasMessageContaining("in use by 1");
        group.killAll();
    }

    @Test
    void groupsMadeInsideAreRemovedToo() throws IOException {
        driver().create(ID, Limits.NONE);
        Files.createDirectories(ROOT.resolve("memory/" + INSTANCE + "/" + ID + "/inner/innermost"));
        driver().remove(ID);
        assertThat(driver().list()).isEmpty();
    }

    @Test
    void aRefusedLimitLeavesNoGroupAndNamesTheFile() {
        assertThatThrownBy(() -> driver().create(ID, Limits.NONE.withCpuset("4000", "")))
                .isInstanceOf(CgroupException.class)
                .hasMessageContaining("cpuset.cpus")
                .hasMessageContaining("4000");
        assertThat(driver().list()).isEmpty();
    }

    @Test
    void makingAndRemovingIsFast() {
        var driver = driver();
        var times = new ArrayList<Long>();
        for (int round = 0; round < 60; round++) {
            long start = System.nanoTime();
            driver.create(ID, Limits.NONE.withMemory(64 << 20).withPids(100));
            times.add((System.nanoTime() - start) / 1_000);
            driver.remove(ID);
        }
        Collections.sort(times);
        System.out.println("create: median " + times.get(30) + " us, best " + times.getFirst() + " us");
        assertThat(times.get(30)).isLessThan(20_000);
    }
}
