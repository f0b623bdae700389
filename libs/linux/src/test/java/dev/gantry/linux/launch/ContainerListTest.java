package dev.gantry.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.RecordingKernel;
import dev.gantry.linux.Sys;
import dev.gantry.linux.cgroup.CgroupEntry;
import dev.gantry.linux.launch.SyscallList.OnError;
import dev.gantry.linux.launch.SyscallList.Return;
import dev.gantry.linux.launch.SyscallList.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The lists as values: no kernel is asked. */
class ContainerListTest {
    private static final Kernel NONE = RecordingKernel.alone();

    private static LaunchSpec spec(Program program, List<Mount> mounts, Stdio stdio) {
        return new LaunchSpec(
                program,
                new Root.Detached(Fd.own(NONE, 99), true),
                mounts,
                Mount.defaultMaskedPaths(),
                Mount.defaultReadOnlyPaths(),
                Map.of("net.ipv4.ip_forward", "1"),
                Namespaces.own(new NetworkNamespace.Own(), "box"),
                Optional.of(new CgroupEntry.Tasks(List.of(Path.of("/g/tasks")))),
                Optional.empty(),
                stdio,
                Path.of("/exit"));
    }

    private static Program program(boolean noNewPrivileges) {
        return new Program(
                List.of("sh"),
                List.of("PATH=/bin:relative:/usr/bin/"),
                "/srv/x",
                new Identity(7, 8, List.of(9)),
                Capabilities.uniform(1),
                Bytes.of(new byte[16]),
                noNewPrivileges,
                List.of(new Rlimit(7, 1, 2)),
                0_022,
                0);
    }

    private static LaunchSpec usual(boolean noNewPrivileges) {
        return spec(program(noNewPrivileges), Mount.standard(1), new Stdio.Pipes(true));
    }

    private static List<Sys> calls(LaunchSpec spec) {
        return Replay.ofFirstProcess(spec, new SourceKinds(List.of())).made().stream()
                .map(Step::sys)
                .toList();
    }

    @Test
    void isTheSameForTheSameSpec() {
        SourceKinds none = new SourceKinds(List.of());
        assertThat(ContainerList.of(usual(true), none)).isEqualTo(ContainerList.of(usual(true), none));
        assertThat(ContainerList.of(usual(true), none)).isNotEqualTo(ContainerList.of(usual(false), none));
        assertThat(ContainerList.of(usual(true), none).toString())
                .contains("pivot_root(\".\", \".\")  # change the root");
    }

    @Test
    void takesAwayRightsInAnOrderThatCannotFailHalfWay() {
        assertThat(calls(usual(true)))
                .containsSubsequence(
                        Sys.WRITE, // cgroup
                        Sys.SETNS,
                        Sys.MOVE_MOUNT,
                        Sys.PIVOT_ROOT,
                        Sys.UMOUNT2,
                        Sys.READ, // go
                        Sys.CLOSE_RANGE,
                        Sys.FCHDIR,
                        Sys.PRLIMIT64,
                        Sys.PRCTL,
                        Sys.SETGROUPS,
                        Sys.SETRESGID,
                        Sys.SETRESUID,
                        Sys.CAPSET,
                        Sys.SECCOMP,
                        Sys.EXECVE)
                .endsWith(Sys.SECCOMP, Sys.EXECVE);
    }

    @Test
    void installsTheFilterBeforeItGivesUpTheRightToWhenPrivilegesMayGrow() {
        assertThat(calls(usual(false))).endsWith(Sys.CAPSET, Sys.SECCOMP, Sys.CAPSET, Sys.EXECVE);
    }

    @Test
    void closesEverythingBeforeItEntersTheWorkingDirectory() {
        List<Sys> calls = calls(usual(true));
        assertThat(calls.lastIndexOf(Sys.FCHDIR)).isGreaterThan(calls.lastIndexOf(Sys.CLOSE_RANGE));
        Replay replay = Replay.ofFirstProcess(usual(true), new SourceKinds(List.of()));
        long status = Descriptors.of(usual(true)).number(Descriptors.STATUS);
        assertThat(replay.open()).containsExactly(0L, 1L, 2L, status);
    }

    @Test
    void looksForTheProgramInAbsoluteDirectoriesOfItsPath() {
        assertThat(ProgramList.candidates(program(true))).containsExactly("/bin/sh", "/usr/bin/sh");
    }

    @Test
    void refusesWhatCannotBeCoveredSafely() {
        LaunchSpec spec = spec(program(true), List.of(), new Stdio.Pipes(false));
        assertThatThrownBy(() -> ContainerList.of(spec, new SourceKinds(List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sysctl net.ipv4.ip_forward needs a mount of proc");
    }

    @Test
    void neverFailsFatallyInTheParentOfTheMonitor() {
        // there the walker would run into the child's exit, and that would end the JVM
        SyscallList list = SpawnList.of("gantry-monitor", List.of(70, 71, 72), 73, OptionalInt.empty());
        assertThat(list.lines().subList(0, list.lines().indexOf(new Return())))
                .allSatisfy(line -> assertThat(((Step) line).onError()).isEqualTo(new OnError.Ignore()));
    }

    @Test
    void usesOnlyDescriptorsThatAreOpenWhateverIsAskedFor() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Boolean> kinds = new ArrayList<>();
            LaunchSpec spec = spec(program(random.nextBoolean()), mounts(random, kinds), stdio(random));
            Replay replay = Replay.ofFirstProcess(spec, new SourceKinds(kinds));
            assertThat(replay.complaints()).as("seed %d round %d", seed, round).isEmpty();
            assertThat(Assembler.assemble(ContainerList.of(spec, new SourceKinds(kinds)), Walker.LIST_ADDRESS)
                            .bytes()
                            .size())
                    .isPositive();
        }
    }

    private static Stdio stdio(Random random) {
        return random.nextInt(3) == 0
                ? new Stdio.Terminal(new Stdio.WindowSize(1, 1))
                : new Stdio.Pipes(random.nextBoolean());
    }

    private static List<Mount> mounts(Random random, List<Boolean> kinds) {
        List<Mount> mounts = new ArrayList<>(Mount.standard(1));
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            String target = "/" + "a/".repeat(random.nextInt(4)) + "m" + random.nextInt(5);
            if (random.nextBoolean()) {
                mounts.add(new Mount.Bind(Path.of("/source"), target, random.nextBoolean(), random.nextBoolean()));
                kinds.add(random.nextBoolean());
            } else {
                mounts.add(new Mount.Filesystem("tmpfs", target, Map.of("size", "1m"), 0));
            }
        }
        return mounts;
    }
}
