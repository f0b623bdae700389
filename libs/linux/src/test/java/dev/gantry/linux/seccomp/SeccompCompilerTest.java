package dev.gantry.linux.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.linux.capability.Capability;
import dev.gantry.linux.capability.CapabilitySet;
import dev.gantry.linux.seccomp.BpfInterpreter.Call;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeccompCompilerTest {
    private static final KernelVersion NEW = new KernelVersion(6, 18);
    private static final long X86_64 = Architecture.X86_64.auditToken();
    private static final long X86 = Architecture.X86.auditToken();

    private static BpfProgram docker(CapabilitySet capabilities, KernelVersion kernel) {
        return SeccompCompiler.compile(SeccompProfile.dockerDefault(), capabilities, kernel);
    }

    private static Verdict decide(BpfProgram program, long architecture, String name, long... arguments) {
        var table = architecture == X86 ? Architecture.X86 : Architecture.X86_64;
        int number = SyscallTable.x86().number(table, name).orElseThrow();
        return new Verdict(BpfInterpreter.run(program.instructions(), new Call(architecture, number, arguments))
                .verdict());
    }

    @Test
    void dockersProfileAllowsTheOrdinaryAndRefusesTheDangerous() {
        var program = docker(CapabilitySet.DOCKER_DEFAULT, NEW);
        assertThat(decide(program, X86_64, "read")).isEqualTo(Verdict.ALLOW);
        assertThat(decide(program, X86_64, "mount")).isEqualTo(Verdict.errno(1));
        assertThat(decide(program, X86_64, "unshare")).isEqualTo(Verdict.errno(1));
        assertThat(decide(program, X86_64, "clone3")).isEqualTo(Verdict.errno(38));
        assertThat(decide(program, X86_64, "clone", 0x10000000)).isEqualTo(Verdict.errno(1));
        assertThat(decide(program, X86_64, "clone", 0x11)).isEqualTo(Verdict.ALLOW);
        assertThat(decide(program, X86, "_newselect")).isEqualTo(Verdict.ALLOW);
    }

    @Test
    void capabilitiesOpenWhatNeedsThem() {
        var program = docker(CapabilitySet.of(Capability.SYS_ADMIN), NEW);
        assertThat(decide(program, X86_64, "mount")).isEqualTo(Verdict.ALLOW);
        assertThat(decide(program, X86_64, "clone", 0x10000000)).isEqualTo(Verdict.ALLOW);
        assertThat(decide(program, X86_64, "chroot")).isEqualTo(Verdict.errno(1));
    }

    @Test
    void anOldKernelDoesNotGetPtrace() {
        assertThat(decide(docker(CapabilitySet.NONE, new KernelVersion(4, 7)), X86_64, "ptrace"))
                .isEqualTo(Verdict.errno(1));
        assertThat(decide(docker(CapabilitySet.NONE, new KernelVersion(4, 8)), X86_64, "ptrace"))
                .isEqualTo(Verdict.ALLOW);
    }

    @Test
    void addressFamiliesOfVirtualMachinesAreRefused() {
        var program = docker(CapabilitySet.DOCKER_DEFAULT, NEW);
        assertThat(decide(program, X86_64, "socket", 2)).isEqualTo(Verdict.ALLOW);
        assertThat(decide(program, X86_64, "socket", 38)).isEqualTo(Verdict.errno(1));
        assertThat(decide(program, X86_64, "socket", 40)).isEqualTo(Verdict.errno(1));
        assertThat(decide(program, X86_64, "socket", 41)).isEqualTo(Verdict.ALLOW);
    }

    @Test
    void aForeignArchitectureKills() {
        var program = docker(CapabilitySet.ALL, NEW);
        assertThat(BpfInterpreter.run(program.instructions(), new Call(0xc00000b7L, 0))
                        .verdict())
                .isEqualTo(Verdict.KILL_THREAD.value());
    }

    @Test
    void aCallNewerThanTheProfileIsAnsweredAsUnknown() {
        var program = docker(CapabilitySet.DOCKER_DEFAULT, NEW);
        assertThat(BpfInterpreter.run(program.instructions(), new Call(X86_64, 900))
                        .verdict())
                .isEqualTo(Verdict.NO_SUCH_CALL.value());
    }

    @Test
    void theOldWayToACallIsJudgedAsTheCall() {
        var denied = SeccompCompiler.compile(SeccompProfile.parse("""
                        {"defaultAction":"SCMP_ACT_ALLOW","architectures":["SCMP_ARCH_X86"],"syscalls":[
                         {"names":["shmget","socket"],"action":"SCMP_ACT_ERRNO",
                          "args":[{"index":0,"value":40,"op":"SCMP_CMP_EQ"}]}]}"""), CapabilitySet.NONE, NEW);
        assertThat(decide(denied, X86, "ipc", 23)).isEqualTo(Verdict.errno(1));
        assertThat(decide(denied, X86, "ipc", 23 | 1 << 16)).isEqualTo(Verdict.errno(1));
        assertThat(decide(denied, X86, "ipc", 24)).isEqualTo(Verdict.ALLOW);
        assertThat(decide(denied, X86, "socketcall", 1)).isEqualTo(Verdict.errno(1));
        assertThat(decide(denied, X86, "socketcall", 2)).isEqualTo(Verdict.ALLOW);
    }

    @Test
    void theCommonPathIsShort() {
        var program = docker(CapabilitySet.DOCKER_DEFAULT, NEW);
        var longest = IntStream.range(0, 470)
                .map(number -> BpfInterpreter.run(program.instructions(), new Call(X86_64, number))
                        .steps())
                .max()
                .orElseThrow();
        System.out.println("instructions " + program.instructions().size() + ", longest path " + longest);
        assertThat(longest).isLessThan(32);
        assertThat(BpfInterpreter.run(program.instructions(), new Call(X86_64, 1))
                        .steps())
                .isLessThan(16);
    }

    @Test
    void aProfileTooLongForTheKernelIsRefused() {
        var args = IntStream.range(0, 2_000)
                .mapToObj(value -> "{\"index\":0,\"value\":" + value + ",\"op\":\"SCMP_CMP_EQ\"}")
                .collect(Collectors.joining(","));
        var profile = SeccompProfile.parse(
                "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"syscalls\":[{\"names\":[\"read\"],\"action\":\"SCMP_ACT_ALLOW\",\"args\":["
                        + args + "]}]}");
        assertThatThrownBy(() -> SeccompCompiler.compile(profile, CapabilitySet.NONE, NEW))
                .isInstanceOf(SeccompException.class)
                .hasMessageContaining("4096");
    }

    @Test
    void bytesAreThoseOfSockFilter() {
        var program = docker(CapabilitySet.DOCKER_DEFAULT, NEW);
        assertThat(program.bytes()).hasSize(program.instructions().size() * 8).startsWith(0x20, 0, 0, 0, 4, 0, 0, 0);
    }
}
