package dev.gantry.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that an agent starts by itself, as the scheduler comes to know of them. */
class RestartPolicyTest {
    private final World world = new World();
    private String id = "";

    @BeforeEach
    void start() {
        id = world.create("c1", "sleep", false);
        world.scheduler().start(id);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void pause() {
        world.host.exitAndAnnounce(id, 3);
        World.await("the pause", () -> world.state(id).equals("restarting"));
    }

    @Test
    void aRunMoreOfTheSameGenerationIsARestartThatCounts() {
        for (var count = 1; count <= 3; count++) {
            pause();
            assertThat(world.scheduler().inspect(id).status().exitCode()).isEqualTo(3);
            assertThat(world.host.joined(id)).isTrue();
            world.host.startAgain(id);
            World.await("it runs", () -> world.state(id).equals("running"));
            assertThat(world.scheduler().inspect(id).status().restartCount()).isEqualTo(count);
        }
        assertThat(world.store.events(id))
                .containsExactly("create", "start", "die", "start", "die", "start", "die", "start");
    }

    @Test
    void aSchedulerThatWasAwayHearsOfAllRuns() {
        world.restart();
        world.host.silence();
        world.host.exitAndAnnounce(id, 3);
        world.host.startAgain(id);
        world.host.exit(id, 4);
        world.restart();
        World.await("the last end", () -> world.state(id).equals("exited"));
        assertThat(world.scheduler().inspect(id).status().exitCode()).isEqualTo(4);
        assertThat(world.scheduler().inspect(id).status().restartCount()).isEqualTo(1);
        assertThat(world.store.events(id)).containsExactly("create", "start", "die", "start", "die");
        World.await("left its network", world.host::idle);
    }

    @Test
    void aStopEndsThePauseAndSaysNothingOfASignal() throws Exception {
        pause();
        var waiting = world.scheduler().wait(id, WaitCondition.NOT_RUNNING);
        assertThat(waiting).isNotDone();
        assertThat(world.scheduler().stop(id, OptionalInt.of(1), 0)).isTrue();
        assertThat(world.state(id)).isEqualTo("exited");
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(world.store.events(id)).containsExactly("create", "start", "die", "stop");
        World.await("left its network", world.host::idle);
    }

    @Test
    void aKillEndsThePauseToo() {
        pause();
        assertThat(world.scheduler().kill(id, "KILL")).isTrue();
        assertThat(world.state(id)).isEqualTo("exited");
    }

    @Test
    void aStartInThePauseChangesNothingAndARestartEndsIt() {
        pause();
        assertThat(world.scheduler().start(id)).isFalse();
        assertThat(world.scheduler().restart(id, OptionalInt.of(1), 0)).isTrue();
        assertThat(world.state(id)).isEqualTo("running");
        assertThat(world.scheduler().inspect(id).status().restartCount()).isZero();
    }

    @Test
    void aRemovalInThePauseWantsForce() {
        pause();
        assertThatThrownBy(() -> world.scheduler().remove(id, false, false))
                .hasMessage("cannot remove container \"c1\": container is restarting:"
                        + " stop the container before removing or force remove");
        assertThat(world.scheduler().prune(container -> true)).isEmpty();
        world.scheduler().remove(id, true, false);
        assertThat(world.state(id)).isEqualTo("gone");
    }

    @Test
    void aRestartThatFailsIsNoRunAndLeavesTheReason() {
        pause();
        world.host.failToStartAgain(id, true);
        World.await(
                "the reason",
                () -> world.scheduler().inspect(id).status().error().equals("no such file"));
        assertThat(world.state(id)).isEqualTo("restarting");
        world.host.failToStartAgain(id, false);
        World.await("given up", () -> world.state(id).equals("exited"));
        assertThat(world.scheduler().inspect(id).status().exitCode()).isEqualTo(127);
        assertThat(world.store.events(id)).containsExactly("create", "start", "die");
    }
}
