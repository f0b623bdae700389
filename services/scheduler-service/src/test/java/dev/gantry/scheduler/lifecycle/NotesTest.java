package dev.gantry.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.rpc.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of a container though nothing of it changed. */
class NotesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void nothingIsToldBehindACommitThatFailed() {
        var id = world.create("c1", "sleep", false);
        world.store.crashBefore(1);
        assertThatThrownBy(() -> world.scheduler().note(id, "attach", Map.of())).isInstanceOf(MemoryStore.Crash.class);
        world.store.mend();
        assertThatThrownBy(() -> world.scheduler().note(id, "detach", Map.of()))
                .hasMessageContaining("everything is loaded again");
        world.restart();
        world.scheduler().note(id, "detach", Map.of());
        assertThat(world.store.events(id)).containsExactly("create", "detach");
    }

    @Test
    void whatASchedulerHearsAfterItsEndIsNotAcknowledged() {
        var id = world.create("c1", "sleep", false);
        var ended = world.scheduler();
        world.restart();
        ended.close();
        var seen = Observation.newBuilder().setContainer(id).setSequence(1).build();
        assertThatThrownBy(() -> ended.observe(FakeHost.NODE, seen).join())
                .hasMessageContaining("it is not active any more");
        assertThatThrownBy(() -> ended.note(id, "attach", Map.of())).hasMessageContaining("it is not active any more");
    }

    @Test
    void aNoteStandsInItsPlaceAmongTheEvents() {
        var id = world.create("c1", "sleep", false);
        world.scheduler().note("c1", "attach", Map.of());
        world.scheduler().start(id);
        world.scheduler().note(id, "resize", Map.of("height", "30", "width", "100"));
        assertThat(world.store.events(id)).containsExactly("create", "attach", "start", "resize");
        assertThat(world.state(id)).isEqualTo("running");
    }

    @Test
    void anActionThatChangesAContainerIsNoNote() {
        var id = world.create("c1", "sleep", false);
        assertThatThrownBy(() -> world.scheduler().note(id, "destroy", Map.of()))
                .hasMessage("not an action to be noted: destroy");
        assertThatThrownBy(() -> world.scheduler().note("nosuch", "attach", Map.of()))
                .hasMessage("No such container: nosuch");
    }

    @Test
    void execsAreToldInDockersWordsAndOnce() {
        var container = world.scheduler().inspect(world.create("c1", "sleep", false));
        var said = new ArrayList<Fact>();
        var story = List.of(
                observation(1)
                        .setExecCreated(Observation.ExecCreated.newBuilder()
                                .setExec("e1")
                                .setCommand("sh -c exit 2")),
                observation(2)
                        .setExecStarted(Observation.ExecStarted.newBuilder()
                                .setExec("e1")
                                .setCommand("sh")),
                observation(2)
                        .setExecStarted(Observation.ExecStarted.newBuilder()
                                .setExec("e1")
                                .setCommand("sh")),
                observation(3)
                        .setExecDied(
                                Observation.ExecDied.newBuilder().setExec("e1").setExitCode(2)));
        for (var seen : story) {
            var change = Transitions.observed(container, seen.build(), NOW);
            said.addAll(change.facts());
            container = change.after();
        }
        assertThat(said)
                .extracting(Fact::action)
                .containsExactly("exec_create: sh -c exit 2", "exec_start: sh ", "exec_die");
        assertThat(said)
                .extracting(Fact::attributes)
                .containsExactly(
                        Map.of("execID", "e1"), Map.of("execID", "e1"), Map.of("execID", "e1", "exitCode", "2"));
    }

    @Test
    void execsThatHaveNotEndedAreKnownUntilTheContainersEnd() {
        var id = world.create("c1", "sleep", false);
        world.scheduler().start(id);
        created(id, "e1");
        created(id, "e2");
        created(id, "e3");
        assertThat(execs(id)).containsExactly("e1", "e2", "e3");
        world.host.tellOfExec(
                id,
                Observation.newBuilder()
                        .setExecDied(Observation.ExecDied.newBuilder().setExec("e1")));
        World.await("e1 has ended", () -> !execs(id).contains("e1"));
        world.host.tellOfExec(
                id,
                Observation.newBuilder()
                        .setExecFailed(Observation.ExecFailed.newBuilder().setExec("e3")));
        World.await("e3 has not come to be", () -> execs(id).equals(List.of("e2")));
        world.restart();
        assertThat(execs(id)).containsExactly("e2");
        world.host.exit(id, 0);
        World.await("the container's end", () -> execs(id).isEmpty());
    }

    private void created(String id, String exec) {
        world.host.tellOfExec(
                id,
                Observation.newBuilder()
                        .setExecCreated(Observation.ExecCreated.newBuilder()
                                .setExec(exec)
                                .setCommand("true")));
        World.await(exec + " is known", () -> execs(id).contains(exec));
    }

    private List<String> execs(String id) {
        return world.scheduler().inspect(id).status().execs();
    }

    private static Observation.Builder observation(long sequence) {
        return Observation.newBuilder().setContainer("c").setSequence(sequence).setAt(1_000_000_000L * sequence);
    }
}
