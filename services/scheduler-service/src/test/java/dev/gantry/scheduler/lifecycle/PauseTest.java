package dev.gantry.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PauseTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aPausedContainerIsUpAndSaysSo() {
        var id = started("c1");
        world.scheduler().pause("c1");
        assertThat(world.host.frozen(id)).isTrue();
        assertThat(world.state(id)).isEqualTo("paused");
        assertThat(world.scheduler().inspect(id).status().up()).isTrue();
        world.scheduler().unpause("c1");
        assertThat(world.host.frozen(id)).isFalse();
        assertThat(world.state(id)).isEqualTo("running");
        assertThat(world.store.events(id)).containsExactly("create", "start", "pause", "unpause");
    }

    @Test
    void whatDockerRefusesIsRefusedInItsWords() {
        var stopped = world.create("stopped", "sleep", false);
        assertThatThrownBy(() -> world.scheduler().pause("stopped"))
                .hasMessage("container " + stopped + " is not running");
        assertThatThrownBy(() -> world.scheduler().unpause("stopped"))
                .hasMessage("Container " + stopped + " is not paused");
        var id = started("c1");
        world.scheduler().pause("c1");
        assertThatThrownBy(() -> world.scheduler().pause("c1")).hasMessage("Container " + id + " is already paused");
        assertThatThrownBy(() -> world.scheduler().start("c1"))
                .hasMessage("cannot start a paused container, try unpause instead");
        assertThatThrownBy(() -> world.scheduler().remove("c1", false, false))
                .hasMessage("cannot remove container \"c1\": container is paused and must be unpaused first");
        assertThat(world.store.events(id)).containsExactly("create", "start", "pause");
    }

    @Test
    void aStopLetsItGoOnToHearTheSignal() {
        var id = started("c1");
        world.scheduler().pause("c1");
        world.scheduler().stop("c1", OptionalInt.of(0), 0);
        assertThat(world.host.frozen(id)).isFalse();
        assertThat(world.store.events(id))
                .containsExactly("create", "start", "pause", "kill", "unpause", "stop", "die");
    }

    @Test
    void soDoAKillAndAForcedRemoval() {
        var id = started("c1");
        world.scheduler().pause("c1");
        world.scheduler().kill("c1", "KILL");
        assertThat(world.store.events(id)).containsExactly("create", "start", "pause", "kill", "unpause", "die");
        var other = started("other");
        world.scheduler().pause("other");
        world.scheduler().remove("other", true, false);
        assertThat(world.store.events(other))
                .containsExactly("create", "start", "pause", "kill", "unpause", "die", "destroy");
    }

    @Test
    void staysPausedWhenTheSchedulerDies() {
        var id = started("c1");
        world.scheduler().pause("c1");
        world.restart();
        assertThat(world.state(id)).isEqualTo("paused");
        world.scheduler().unpause("c1");
        assertThat(world.state(id)).isEqualTo("running");
    }

    @Test
    void itsNextRunIsNotPaused() {
        var id = started("c1");
        world.scheduler().pause("c1");
        world.host.exit(id, 137); // somebody killed it past us
        World.await("ended", () -> world.state(id).equals("exited"));
        world.scheduler().start("c1");
        assertThat(world.state(id)).isEqualTo("running");
    }

    private String started(String name) {
        var id = world.create(name, "sleep", false);
        world.scheduler().start(id);
        return id;
    }
}
