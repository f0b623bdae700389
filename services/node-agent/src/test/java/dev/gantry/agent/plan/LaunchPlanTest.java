package dev.gantry.agent.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.agent.rootfs.ContainerUser;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.ContainerConfigBuilder;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.container.HostConfigBuilder;
import dev.gantry.contracts.docker.container.Ulimit;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.MountPlan;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.linux.capability.CapabilitySet;
import dev.gantry.linux.launch.LaunchSpec;
import dev.gantry.linux.launch.Mount;
import dev.gantry.linux.launch.NetworkNamespace;
import dev.gantry.linux.launch.Rlimit;
import dev.gantry.linux.launch.Root;
import dev.gantry.linux.launch.Stdio;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LaunchPlanTest {
    private static final String ID = "0123456789ab" + "c".repeat(52);

    @Test
    void entrypointComesBeforeCommand() {
        var spec = spec(c -> c.entrypoint(List.of("a", "b")).cmd(List.of("c")), h -> h);
        assertThat(spec.program().argv()).containsExactly("a", "b", "c");
    }

    @Test
    void nothingToRunIsRefused() {
        assertThatThrownBy(() -> spec(c -> c, h -> h))
                .isInstanceOf(GantryException.class)
                .hasMessage("no command specified");
    }

    @Test
    void theEnvironmentIsDockersWithTheContainersOnTop() {
        var spec = spec(c -> c.cmd(List.of("x")).tty(true).env(List.of("A=1", "PATH=/p", "TERM", "A=2")), h -> h);
        assertThat(spec.program().env()).containsExactly("PATH=/p", "HOSTNAME=0123456789ab", "A=2", "HOME=/home/u");
    }

    @Test
    void aNameOfItsOwnOrTheShortIdOrTheHosts() {
        assertThat(spec(c -> c.cmd(List.of("x")), h -> h).namespaces().hostname())
                .isEqualTo("0123456789ab");
        assertThat(spec(c -> c.cmd(List.of("x")).hostname("box"), h -> h)
                        .namespaces()
                        .hostname())
                .isEqualTo("box");
        assertThat(plan(c -> c.cmd(List.of("x")), h -> h, NetworkPlan.Mode.HOST, List.of())
                        .containerHostname())
                .isEqualTo("the-host");
    }

    @Test
    void rootHasDockersCapabilitiesAndOthersOnlyTheBoundingSet() {
        var root = spec(c -> c.cmd(List.of("x")), h -> h).program().capabilities();
        assertThat(root.effective()).isEqualTo(CapabilitySet.DOCKER_DEFAULT.bits());
        var user = plan(c -> c.cmd(List.of("x")), h -> h, NetworkPlan.Mode.NONE, List.of())
                .spec(prepared(new ContainerUser(1000, 1000, List.of(1000), "/")))
                .program()
                .capabilities();
        assertThat(user.bounding()).isEqualTo(CapabilitySet.DOCKER_DEFAULT.bits());
        assertThat(user.effective()).isZero();
    }

    @Test
    void anUnknownCapabilityOrSecurityOptionIsRefusedByName() {
        assertThatThrownBy(() -> spec(c -> c.cmd(List.of("x")), h -> h.capAdd(List.of("FLY"))))
                .hasMessageContaining("CAP_FLY");
        assertThatThrownBy(() -> spec(c -> c.cmd(List.of("x")), h -> h.securityOpt(List.of("magic=on"))))
                .hasMessageContaining("magic=on");
        assertThatThrownBy(() -> spec(c -> c.cmd(List.of("x")), h -> h.securityOpt(List.of("seccomp={bad"))))
                .isInstanceOf(GantryException.class);
    }

    @Test
    void aPrivilegedContainerHasNothingHiddenAndNoFilter() {
        var spec = spec(c -> c.cmd(List.of("x")), h -> h.privileged(true));
        assertThat(spec.maskedPaths()).isEmpty();
        assertThat(spec.readOnlyPaths()).isEmpty();
        assertThat(spec.program().seccomp().isEmpty()).isTrue();
        assertThat(spec(c -> c.cmd(List.of("x")), h -> h).program().seccomp().isEmpty())
                .isFalse();
    }

    @Test
    void listsOfPathsReplaceTheDefaultsAlsoWhenEmpty() {
        var spec = spec(c -> c.cmd(List.of("x")), h -> h.maskedPaths(List.of()).readonlyPaths(List.of("/a")));
        assertThat(spec.maskedPaths()).isEmpty();
        assertThat(spec.readOnlyPaths()).containsExactly("/a");
    }

    @Test
    void aMountComesBeforeTheEnginesFilesInItAndInPlaceOfOneAtItsTarget() {
        var files = new Mount.Bind(Path.of("/f"), "/etc/hosts", false, false);
        var etc = new Mount.Bind(Path.of("/s"), "/etc", true, true);
        assertThat(mounts(etc)).endsWith(etc, files);
        var hosts = new Mount.Bind(Path.of("/s"), "/etc/hosts", true, true);
        assertThat(mounts(hosts)).endsWith(hosts).doesNotContain(files);
    }

    private static List<Mount> mounts(Mount own) {
        return plan(c -> c.cmd(List.of("x")), h -> h, NetworkPlan.Mode.NONE, List.of())
                .spec(prepared(new ContainerUser(0, 0, List.of(), "/home/u"), own))
                .mounts();
    }

    @Test
    void restIsPassedOn() {
        var spec = spec(
                c -> c.cmd(List.of("x")).workingDir("/w").openStdin(true),
                h -> h.ulimits(List.of(new Ulimit("nofile", 20, 10)))
                        .oomScoreAdj(5)
                        .sysctls(Map.of("a.b", "1"))
                        .securityOpt(List.of("no-new-privileges")));
        assertThat(spec.program().cwd()).isEqualTo("/w");
        assertThat(spec.program().rlimits()).containsExactly(new Rlimit(7, 10, 20));
        assertThat(spec.program().oomScoreAdjust()).isEqualTo(5);
        assertThat(spec.program().noNewPrivileges()).isTrue();
        assertThat(spec.sysctls()).isEqualTo(Map.of("a.b", "1"));
        assertThat(spec.stdio()).isEqualTo(new Stdio.Pipes(true));
        assertThat(spec.namespaces().network()).isEqualTo(new NetworkNamespace.Own());
    }

    @Test
    void memoryWithoutAWordAboutSwapMaySwapAsMuchAgain() {
        var host = HostConfigBuilder.builder(DockerJson.empty(HostConfig.class))
                .memory(100)
                .build();
        assertThat(LimitsOf.hostConfig(host).memorySwap()).isEqualTo(200);
    }

    private static LaunchSpec spec(
            UnaryOperator<ContainerConfigBuilder> config, UnaryOperator<HostConfigBuilder> host) {
        return plan(config, host, NetworkPlan.Mode.NONE, List.of())
                .spec(prepared(new ContainerUser(0, 0, List.of(), "/home/u")));
    }

    private static LaunchPlan.Prepared prepared(ContainerUser user, Mount... mounts) {
        return new LaunchPlan.Prepared(
                new Root.Directory(Path.of("/r"), false),
                user,
                Optional.empty(),
                new NetworkNamespace.Own(),
                Map.of("/etc/hosts", Path.of("/f")),
                List.of(mounts),
                Path.of("/exit"));
    }

    private static LaunchPlan plan(
            UnaryOperator<ContainerConfigBuilder> config,
            UnaryOperator<HostConfigBuilder> host,
            NetworkPlan.Mode mode,
            List<MountPlan> mounts) {
        return new LaunchPlan(
                ID,
                config.apply(ContainerConfigBuilder.builder(DockerJson.empty(ContainerConfig.class)))
                        .build(),
                host.apply(HostConfigBuilder.builder(DockerJson.empty(HostConfig.class)))
                        .build(),
                NetworkPlan.newBuilder().setMode(mode).build(),
                mounts,
                CapabilitySet.ALL,
                "the-host");
    }
}
