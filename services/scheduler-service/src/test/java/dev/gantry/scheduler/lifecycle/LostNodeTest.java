package dev.gantry.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hosts that go away for good, and hosts that boot. */
class LostNodeTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private String running(String name) {
        var id = world.create(name, "sleep", false);
        world.scheduler().start(id);
        assertThat(world.store.events(id, 2)).containsExactly("create", "start");
        return id;
    }

    @Test
    void aContainerOfALostNodeIsRemovedByForce() {
        var id = running("c1");
        world.host.lost();

        assertThatThrownBy(() -> world.scheduler().remove(id, false, false))
                .hasMessageContaining("cannot remove container");
        assertThat(world.scheduler().remove(id, true, false)).isTrue();

        assertThat(world.state(id)).isEqualTo("gone");
        assertThat(world.store.events(id)).containsExactly("create", "start", "kill", "die", "destroy");
        assertThat(world.host.joined(id)).isFalse();
        assertThat(world.create("c1", "sleep", false)).isNotEqualTo(id);
    }

    @Test
    void oneThatIsAlreadyBeingRemovedIsLetGo() {
        var id = world.create("c1", "sleep", false);
        world.host.lost();

        assertThatThrownBy(() -> world.scheduler().remove(id, false, false))
                .hasMessageContaining("or at once by force");
        assertThat(world.state(id)).isEqualTo("removing");
        world.scheduler().remove(id, true, false);
        assertThat(world.state(id)).isEqualTo("gone");
    }

    @Test
    void aNodeThatComesBackGivesItBack() {
        var id = running("c1");
        world.host.lost();
        world.scheduler().remove(id, true, false);
        world.restart();
        assertThat(world.host.running(id)).isTrue();

        world.host.found();
        world.scheduler().settleOwed(FakeHost.NODE);

        World.await("given back", () -> !world.host.running(id));
        World.await("nothing is owed", () -> world.store.owed(FakeHost.NODE).isEmpty());
    }

    @Test
    void aRemovalThatWasForsakenGoesOnAfterACrash() {
        var id = running("c1");
        world.host.lost();
        world.store.crashAfter(2);
        assertThatThrownBy(() -> world.scheduler().remove(id, true, false)).isInstanceOf(RuntimeException.class);
        world.restart();

        World.await("gone", () -> world.state(id).equals("gone"));
        assertThat(world.store.owed(FakeHost.NODE)).hasSize(1);
    }

    @Test
    void aBootStartsWhatAlwaysRunsAlsoAfterAStopByHand() {
        var always = create("c1", "always");
        var unless = create("c2", "unless-stopped");
        var never = world.create("c3", "sleep", false);
        var made = create("c4", "always");
        for (var id : new String[] {always, unless, never}) {
            world.scheduler().start(id);
            world.scheduler().stop(id, OptionalInt.of(0), 0);
            World.await("it has ended", () -> world.state(id).equals("exited"));
        }

        world.scheduler().booted(FakeHost.NODE);

        World.await("it runs", () -> world.state(always).equals("running"));
        assertThat(world.state(unless)).isEqualTo("exited");
        assertThat(world.state(never)).isEqualTo("exited");
        assertThat(world.state(made)).isEqualTo("created");
    }

    @Test
    void aRunThatTheHostForgotHasEnded() {
        var id = running("c1");

        world.host.boot(id, 1_000_000_000L * 10_000);

        World.await("it has ended", () -> world.state(id).equals("exited"));
        assertThat(world.scheduler().inspect(id).status().exitCode()).isEqualTo(255);
        assertThat(world.store.events(id)).containsExactly("create", "start", "die");
    }

    @Test
    void aRunSinceTheBootIsAnotherMatter() {
        var id = running("c1");

        world.host.boot(id, 1);
        world.scheduler().note(id, "top", java.util.Map.of());

        assertThat(world.state(id)).isEqualTo("running");
    }

    private String create(String name, String policy) {
        var body = "{\"Image\":\"busybox\",\"Cmd\":[\"sleep\"],\"HostConfig\":{\"NetworkMode\":\"none\","
                + "\"RestartPolicy\":{\"Name\":\"" + policy + "\"}}}";
        return world.scheduler()
                .create(name, "", body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .id();
    }
}
