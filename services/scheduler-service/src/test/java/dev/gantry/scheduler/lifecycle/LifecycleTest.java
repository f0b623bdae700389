package dev.gantry.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Verbs on a scheduler in memory. */
class LifecycleTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void startOfARunningContainerChangesNothing() {
        var id = world.create("c1", "sleep", false);
        assertThat(world.scheduler().start(id)).isTrue();
        World.await(
                "the outcome",
                () -> world.scheduler().inspect(id).status().orders().isEmpty());
        assertThat(world.scheduler().start(id)).isFalse();
        assertThat(world.store.events(id, 2)).containsExactly("create", "start");
    }

    @Test
    void createAndStartTakeThreeCommits() {
        world.scheduler().start(world.create("c1", "sleep", false));
        assertThat(world.store.commits()).isEqualTo(3);
    }

    @Test
    void stopOfAStoppedContainerChangesNothing() {
        var id = world.create("c1", "true", false);
        world.scheduler().start(id);
        World.await("exited", () -> world.state(id).equals("exited"));
        assertThat(world.scheduler().stop(id, OptionalInt.empty(), 0)).isFalse();
    }

    @Test
    void aStopTellsItsSignalBeforeTheEnd() {
        var id = world.create("c1", "sleep", false);
        world.scheduler().start(id);
        world.scheduler().stop(id, OptionalInt.of(1), 0);
        assertThat(world.store.events(id)).containsExactly("create", "start", "kill", "stop", "die");
        assertThat(world.scheduler().inspect(id).status().exitCode()).isEqualTo(143);
    }

    @Test
    void killOfAStoppedContainerIsAConflictInDockersWords() {
        var id = world.create("c1", "sleep", false);
        assertThatThrownBy(() -> world.scheduler().kill("c1", ""))
                .hasMessage("cannot kill container: c1: container " + id + " is not running");
        assertThatThrownBy(() -> world.scheduler().kill("c1", "BOGUS"))
                .hasMessage("cannot kill container: c1: invalid signal: BOGUS");
    }

    @Test
    void aRestartSaysStopDieStartRestart() {
        var id = world.create("c1", "sleep", false);
        world.scheduler().start(id);
        world.scheduler().restart(id, OptionalInt.of(1), 0);
        assertThat(world.store.events(id, 7))
                .containsExactly("create", "start", "kill", "stop", "die", "start", "restart");
        assertThat(world.state(id)).isEqualTo("running");
    }

    @Test
    void aRestartOfAContainerThatRemovesItselfLeavesItThere() {
        var id = world.create("c1", "sleep", true);
        world.scheduler().start(id);
        world.scheduler().restart(id, OptionalInt.of(1), 0);
        assertThat(world.state(id)).isEqualTo("running");
    }

    @Test
    void aFailedStartLeavesItCreatedWithTheReason() {
        var id = world.create("c1", "false", false);
        assertThatThrownBy(() -> world.scheduler().start(id)).hasMessageContaining("executable file not found");
        var status = world.scheduler().inspect(id).status();
        assertThat(status.word()).isEqualTo("created");
        assertThat(status.exitCode()).isEqualTo(127);
        World.await("left its network", world.host::idle);
    }

    @Test
    void aFailedStartOfAContainerThatRemovesItselfAnswersTheWaiterAfterTheRemoval() throws Exception {
        var id = world.create("c1", "false", true);
        var removed = world.scheduler().wait(id, WaitCondition.REMOVED);
        assertThatThrownBy(() -> world.scheduler().start(id)).hasMessageContaining("executable file not found");
        assertThat(removed.get(10, TimeUnit.SECONDS)).isEqualTo(127);
        assertThat(world.state(id)).isEqualTo("gone");
    }

    @Test
    void waitersHearOfTheExit() throws Exception {
        var id = world.create("c1", "sleep", false);
        assertThat(world.scheduler().wait(id, WaitCondition.NOT_RUNNING).get(1, TimeUnit.SECONDS))
                .isZero();
        var next = world.scheduler().wait(id, WaitCondition.NEXT_EXIT);
        world.scheduler().start(id);
        assertThat(next).isNotDone();
        world.host.exit(id, 3);
        assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void aStopThatFailsSaysSoAtOnceAndLeavesTheContainerRunning() {
        var id = world.create("c1", "sleep", false);
        world.scheduler().start(id);
        world.host.stubborn();
        assertThatThrownBy(() -> world.scheduler().restart(id, OptionalInt.of(1), 0))
                .hasMessage("process 7 does not end after SIGKILL");
        world.host.exit(id, 3);
        World.await("its own end", () -> world.state(id).equals("exited"));
        assertThat(world.store.events(id)).containsExactly("create", "start", "kill", "die");
    }

    @Test
    void signalsThatOvertakeEachOtherAllArriveOnce() {
        var id = world.create("c1", "sleep", false);
        world.scheduler().start(id);
        java.util.stream.IntStream.rangeClosed(10, 40).parallel().forEach(signal -> {
            var _ = world.scheduler().kill(id, Integer.toString(signal));
        });
        assertThat(world.host.signals())
                .containsExactlyInAnyOrderElementsOf(
                        java.util.stream.IntStream.rangeClosed(10, 40).boxed().toList());
        world.scheduler().kill(id, "KILL");
        assertThat(world.state(id)).isEqualTo("exited");
    }

    @Test
    void whoWaitsForARemovalThatJustHappenedIsAnswered() {
        var id = world.create("c1", "true", true);
        world.scheduler().start(id);
        World.await("gone", () -> world.state(id).equals("gone"));
        assertThat(world.scheduler().wait(id, WaitCondition.REMOVED)).isCompletedWithValue(0);
        assertThatThrownBy(() -> world.scheduler().wait(id, WaitCondition.NEXT_EXIT))
                .hasMessage("No such container: " + id);
    }

    @Test
    void removeOfARunningContainerNeedsForce() {
        var id = world.create("c1", "sleep", false);
        world.scheduler().start(id);
        assertThatThrownBy(() -> world.scheduler().remove(id, false, false))
                .hasMessage("cannot remove container \"c1\": container is running:"
                        + " stop the container before removing or force remove");
        world.scheduler().remove(id, true, false);
        assertThat(world.store.events(id)).containsExactly("create", "start", "kill", "die", "destroy");
        assertThat(world.host.idle()).isTrue();
    }

    @Test
    void aNameIsFreeWhenItsHolderIsRemoved() {
        world.scheduler().remove(world.create("c1", "sleep", false), false, false);
        assertThat(world.create("c1", "sleep", false)).hasSize(64);
    }

    @Test
    void renameKeepsTheOldNameUntilTheNewOneIsCommitted() {
        var id = world.create("c1", "sleep", false);
        world.create("c3", "sleep", false);
        world.scheduler().rename("c1", "c2");
        assertThat(world.scheduler().inspect("c2").id()).isEqualTo(id);
        assertThatThrownBy(() -> world.scheduler().inspect("c1")).hasMessage("No such container: c1");
        assertThatThrownBy(() -> world.scheduler().rename("c2", "c2"))
                .hasMessage("Renaming a container with the same name as its current name");
        assertThatThrownBy(() -> world.scheduler().rename("c2", "c3"))
                .hasMessageStartingWith("Error when allocating new name: Conflict. The container name \"/c3\"");
        assertThatThrownBy(() -> world.scheduler().rename("c2", "bad name"))
                .hasMessage("Error when allocating new name: Invalid container name (/bad name),"
                        + " only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }

    @Test
    void aContainerOfANodeThatIsAwayStaysRemovingUntilItReturns() {
        var id = world.create("c1", "sleep", false);
        world.scheduler().start(id);
        world.host.connected(false);
        var removed = CompletableFuture.supplyAsync(() -> world.scheduler().remove(id, true, false));
        World.await("removing", () -> world.state(id).equals("removing"));
        assertThatThrownBy(() -> world.scheduler().remove(id, false, false)).hasMessageContaining("is not reachable");
        assertThat(removed).isNotDone();
        world.host.connected(true);
        assertThat(removed.join()).isTrue();
        assertThat(world.state(id)).isEqualTo("gone");
    }

    @Test
    void pruneTakesOnlyWhatIsStopped() {
        var stopped = world.create("c1", "sleep", false);
        world.scheduler().start(world.create("c2", "sleep", false));
        assertThat(world.scheduler().prune(container -> true)).containsExactly(stopped);
        assertThat(world.scheduler().prune(container -> true)).isEmpty();
    }

    @Test
    void aCreateThatFailsLeavesItsNameFree() {
        assertThatThrownBy(() -> world.scheduler()
                        .create("c1", "", "{\"Image\":\"nosuch\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .hasMessage("No such image: nosuch:latest");
        assertThat(world.create("c1", "sleep", false)).isNotEmpty();
    }
}
