package dev.gantry.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.docker.container.RestartPolicy;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.AgentGrpc.AgentBlockingStub;
import dev.gantry.contracts.rpc.ProcessQuery;
import dev.gantry.contracts.rpc.UsageQuery;
import dev.gantry.contracts.rpc.UsageSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is seen of a running container from outside, and what can be changed. */
class UsageTest {
    private static final long MEGABYTE = 1L << 20;
    private static final int SIGHUP = 1;

    @RegisterExtension
    private static final OwnAgent OWN = new OwnAgent("agu");

    private final TestAgent agent = OWN.agent();

    private AgentBlockingStub stub() {
        return AgentGrpc.newBlockingStub(agent.channel());
    }

    private UsageSample sample(String id) {
        return stub().usage(UsageQuery.newBuilder().setContainer(id).build());
    }

    @Test
    void countsWhatAContainerUses() {
        var id = TestAgent.newId();
        agent.start(id, "sh", "-c", "sleep 1000 & while :; do :; done");
        Await.untilTrue("it works", () -> sample(id).getCpu() > 20_000_000);
        var sample = sample(id);
        assertThat(sample.getCpuUser()).isPositive();
        assertThat(sample.getHostCpu()).isGreaterThan(sample.getCpu());
        assertThat(sample.getCpus()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(sample.getMemory()).isBetween(1L, 100 * MEGABYTE);
        assertThat(sample.getMemoryLimit()).as("the host's").isGreaterThan(512 * MEGABYTE);
        assertThat(sample.getMemoryDetailMap()).containsKey("pgfault");
        assertThat(sample.getPids()).isEqualTo(2);
        assertThat(sample.getInterfacesList()).as("of network none").isEmpty();
        agent.release(id);
        assertThatThrownBy(() -> sample(id)).hasMessageContaining("container " + id + " is not running");
    }

    @Test
    void showsTheProcessesOfTheContainerAlone() {
        var id = TestAgent.newId();
        agent.start(id, "sleep", "1000");
        var query = ProcessQuery.newBuilder().setContainer(id);
        var table = stub().processes(query.setArguments("-o pid,args").build());
        assertThat(table.getTitlesList()).containsExactly("PID", "COMMAND");
        assertThat(table.getProcessesList())
                .singleElement()
                .satisfies(process -> assertThat(process.getFields(1)).isEqualTo("sleep 1000"));
        assertThat(stub().processes(query.setArguments("").build()).getTitlesList())
                .contains("PID", "CMD");
        assertThatThrownBy(() -> stub().processes(query.setArguments("bogus").build()))
                .hasMessageContaining("ps: ");
        agent.release(id);
    }

    @Test
    void limitsChangeWhileItRuns() {
        var id = TestAgent.newId();
        agent.start(id, c -> c.cmd(java.util.List.of("sleep", "1000")), h -> h.memory(64 * MEGABYTE));
        assertThat(sample(id).getMemoryLimit()).isEqualTo(64 * MEGABYTE);
        assertThat(agent.update(id, h -> h.memory(32 * MEGABYTE).pidsLimit(9L)).hasDone())
                .isTrue();
        assertThat(sample(id).getMemoryLimit()).isEqualTo(32 * MEGABYTE);
        assertThat(sample(id).getPidsLimit()).isEqualTo(9);
        agent.release(id);
    }

    @Test
    void aRestartPolicyThatCameLaterIsKept() {
        var id = TestAgent.newId();
        agent.start(
                id,
                "sh",
                "-c",
                "[ -e /again ] && echo run && exec sleep 1000; : >/again; trap 'exit 1' HUP; echo run; while :; do sleep 0.02; done");
        Await.untilTrue("the first run", () -> agent.logs(id).equals("run\n"));
        agent.update(id, h -> h.restartPolicy(new RestartPolicy("always", 0)));
        agent.kill(id, SIGHUP);
        Await.untilTrue("the second run", () -> agent.logs(id).equals("run\nrun\n"));
        agent.release(id);
    }
}
