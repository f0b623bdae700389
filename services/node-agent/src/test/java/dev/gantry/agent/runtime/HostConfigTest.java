package dev.gantry.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.container.ContainerConfigBuilder;
import dev.gantry.contracts.docker.container.HostConfigBuilder;
import dev.gantry.contracts.docker.container.Ulimit;
import dev.gantry.contracts.rpc.AttachInput;
import dev.gantry.contracts.rpc.AttachOpen;
import dev.gantry.contracts.rpc.LogsRequest;
import dev.gantry.contracts.rpc.NetworkPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a container sees of the options it was started with. */
class HostConfigTest {
    @RegisterExtension
    private static final OwnAgent OWN = new OwnAgent("agh");

    private final TestAgent agent = OWN.agent();

    @Test
    void limitsMemoryProcessesAndCpu() {
        assertThat(output(
                        h -> h.memory(64L << 20)
                                .pidsLimit(17L)
                                .nanoCpus(500_000_000L)
                                .cpuShares(512),
                        "cat /proc/self/cgroup"))
                .contains(OWN.cgroup());
        var id = TestAgent.newId();
        agent.start(
                id,
                c -> c.cmd(List.of("sleep", "1000")),
                h -> h.memory(64L << 20).pidsLimit(17L).nanoCpus(500_000_000L));
        assertThat(group("memory", id, "memory.limit_in_bytes", "memory.max")).isEqualTo("67108864");
        assertThat(group("pids", id, "pids.max", "pids.max")).isEqualTo("17");
        assertThat(group("cpu", id, "cpu.cfs_quota_us", "cpu.max")).startsWith("50000");
        agent.release(id);
    }

    @Test
    void isReadOnlyWhereAskedFor() {
        assertThat(output(
                        h -> h.readonlyRootfs(true),
                        "(echo x > /file) 2> /dev/null || echo refused; echo y > /dev/shm/f && cat /dev/shm/f"))
                .isEqualTo("refused\ny\n");
    }

    @Test
    void setsLimitsSysctlsAndScores() {
        assertThat(output(
                        h -> h.ulimits(List.of(new Ulimit("nofile", 100, 50)))
                                .sysctls(Map.of("net.ipv4.ip_unprivileged_port_start", "77"))
                                .oomScoreAdj(123)
                                .shmSize(1L << 20),
                        "ulimit -n; ulimit -Hn; cat /proc/sys/net/ipv4/ip_unprivileged_port_start /proc/self/oom_score_adj; "
                                + "grep /dev/shm /proc/mounts"))
                .startsWith("50\n100\n77\n123\n")
                .contains("size=1024k");
    }

    @Test
    void hasDockersCapabilitiesAndFilterOrOthers() {
        var show = "grep -E 'CapEff|NoNewPrivs|Seccomp:' /proc/self/status";
        assertThat(output(h -> h, show)).isEqualTo("CapEff:\t00000000a80425fb\nNoNewPrivs:\t0\nSeccomp:\t2\n");
        assertThat(output(
                        h -> h.capDrop(List.of("ALL"))
                                .capAdd(List.of("CHOWN"))
                                .securityOpt(List.of("no-new-privileges", "seccomp=unconfined")),
                        show))
                .isEqualTo("CapEff:\t0000000000000001\nNoNewPrivs:\t1\nSeccomp:\t0\n");
    }

    @Test
    void maskedPathsAreHiddenUnlessPrivileged() {
        var look =
                "head -c 4 /proc/interrupts | grep -c . ; (echo 99 > /proc/sys/net/ipv4/ip_default_ttl) 2> /dev/null || echo no";
        assertThat(output(h -> h, look)).isEqualTo("0\nno\n");
        assertThat(output(h -> h.privileged(true), look)).isEqualTo("1\n");
    }

    @Test
    void livesInANetworkOfItsOwnOrInTheHosts() throws Exception {
        assertThat(output(h -> h, "ls /sys/class/net")).isEqualTo("lo\n");
        var id = TestAgent.newId();
        var order = agent.startOrder(id, c -> c.cmd(List.of("sh", "-c", "ls /sys/class/net; hostname")), h -> h);
        order.getStartBuilder().setNetwork(NetworkPlan.newBuilder().setMode(NetworkPlan.Mode.HOST));
        agent.apply(order);
        agent.awaitExit(id);
        try (var links = Files.list(Path.of("/sys/class/net"))) {
            assertThat(agent.logs(id).lines().toList())
                    .containsAll(
                            links.map(link -> link.getFileName().toString()).toList())
                    .endsWith(Files.readString(Path.of("/proc/sys/kernel/hostname"))
                            .strip());
        }
        agent.release(id);
    }

    @Test
    void hasTheEnginesFiles() {
        assertThat(output(
                        c -> c.hostname("box"),
                        h -> h.extraHosts(List.of("a:10.0.0.1")).dns(List.of("10.0.0.2")),
                        "cat /etc/hostname /etc/hosts /etc/resolv.conf"))
                .contains("box\n", "127.0.0.1\tlocalhost", "10.0.0.1\ta", "nameserver 10.0.0.2");
    }

    @Test
    void talksThroughATerminal() throws Exception {
        var id = TestAgent.newId();
        var call = agent.attach(AttachOpen.newBuilder()
                .setContainer(id)
                .setStream(true)
                .setStdin(true)
                .setStdout(true)
                .setTty(true)
                .build());
        agent.start(
                id,
                c -> c.cmd(List.of("sh", "-c", "read x; echo got $x; exit 5"))
                        .tty(true)
                        .openStdin(true),
                h -> h);
        call.write(AttachInput.newBuilder()
                .setStdin(ByteString.copyFromUtf8("word\n"))
                .build());
        assertThat(agent.awaitExit(id).exitCode()).isEqualTo(5);
        var said = new StringBuilder();
        for (var next = call.read(); next != null; next = call.read()) {
            said.append(next.getBytes().toStringUtf8());
        }
        assertThat(said.toString()).isEqualTo("word\r\ngot word\r\n");
        var logs = agent.rawLogs(LogsRequest.newBuilder()
                .setContainer(id)
                .setStdout(true)
                .setTail(-1)
                .setTty(true)
                .build());
        assertThat(new String(logs, StandardCharsets.UTF_8)).isEqualTo("word\r\ngot word\r\n");
        agent.release(id);
    }

    private String output(UnaryOperator<HostConfigBuilder> host, String script) {
        return output(c -> c, host, script);
    }

    private String output(
            UnaryOperator<ContainerConfigBuilder> config, UnaryOperator<HostConfigBuilder> host, String script) {
        var id = TestAgent.newId();
        var started = agent.start(id, c -> config.apply(c.cmd(List.of("sh", "-c", script))), host);
        assertThat(started.hasRunning()).as("%s", started).isTrue();
        agent.awaitExit(id);
        var output = agent.logs(id);
        agent.release(id);
        return output;
    }

    private String group(String controller, String id, String v1, String v2) {
        var split = Path.of("/sys/fs/cgroup", controller, OWN.cgroup(), id, v1);
        try {
            return Files.readString(Files.exists(split) ? split : Path.of("/sys/fs/cgroup", OWN.cgroup(), id, v2))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
