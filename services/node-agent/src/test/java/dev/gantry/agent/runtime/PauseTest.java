package dev.gantry.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.CreateExecRequest;
import dev.gantry.contracts.rpc.KillOrder;
import dev.gantry.linux.cgroup.ContainerCgroup;
import dev.gantry.linux.cgroup.HostCgroups;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PauseTest {
    private static final int SIGHUP = 1;
    private static final int SIGTERM = 15;

    @RegisterExtension
    private static final OwnAgent OWN = new OwnAgent("agp");

    private final TestAgent agent = OWN.agent();

    private boolean frozen(String id) {
        return HostCgroups.of(OWN.cgroup())
                .find(id)
                .filter(ContainerCgroup::frozen)
                .isPresent();
    }

    private String paused(String script) {
        var id = TestAgent.newId();
        agent.start(id, "sh", "-c", script);
        Await.untilTrue("up", () -> agent.logs(id).contains("up"));
        assertThat(agent.pause(id).hasDone()).isTrue();
        assertThat(frozen(id)).isTrue();
        return id;
    }

    @Test
    void aPausedContainerGoesOnWhereItWas() {
        var id = paused("echo up; trap 'echo heard; exit 3' HUP; while :; do sleep 0.02; done");
        agent.apply(agent.order(id).setKill(KillOrder.newBuilder().setSignal(SIGHUP)));
        assertThat(frozen(id)).as("not every signal lets it go on").isTrue();
        assertThat(agent.unpause(id).hasDone()).isTrue();
        assertThat(agent.awaitExit(id).exitCode()).isEqualTo(3);
        assertThat(agent.logs(id)).isEqualTo("up\nheard\n");
        agent.release(id);
    }

    @Test
    void aStopIsHeardAtOnce() {
        var id = paused("echo up; trap 'exit 4' TERM; while :; do sleep 0.02; done");
        assertThat(agent.stop(id, SIGTERM, 60).hasDone()).isTrue();
        assertThat(agent.awaitExit(id).exitCode()).isEqualTo(4);
        agent.release(id);
    }

    @Test
    void aReleaseEndsWhatIsPaused() {
        var id = paused("echo up; exec sleep 1000");
        assertThat(agent.release(id).hasDone()).isTrue();
        assertThat(agent.awaitExit(id).exitCode()).isEqualTo(137);
    }

    @Test
    void noExecBeginsMeanwhile() {
        var id = paused("echo up; exec sleep 1000");
        var stub = AgentGrpc.newBlockingStub(agent.channel());
        var request = CreateExecRequest.newBuilder()
                .setContainer(id)
                .addCommand("true")
                .build();
        assertThatThrownBy(() -> stub.createExec(request))
                .hasMessageContaining("Container " + id + " is paused, unpause the container before exec");
        agent.unpause(id);
        assertThat(stub.createExec(request).getExec()).startsWith(id.substring(0, 24));
        agent.release(id);
    }

    @Test
    void whatDoesNotRunCannotBePaused() {
        var id = TestAgent.newId();
        agent.start(id, "true");
        agent.awaitExit(id);
        assertThat(agent.pause(id).getFailed().getMessage()).isEqualTo("container " + id + " is not running");
        agent.release(id);
    }
}
