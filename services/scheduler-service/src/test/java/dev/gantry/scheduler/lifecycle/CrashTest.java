package dev.gantry.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The scheduler is killed before and after each commit of each verb: the next one ends what was begun, and says everything once. */
class CrashTest {
    private static final int COMMITS = 6;

    record Verb(String finalState, BiConsumer<World, String> ask) {}

    static Stream<Arguments> everyVerbAtEveryCommit() {
        return Stream.of(
                        Named.of(
                                "start",
                                new Verb(
                                        "running",
                                        (world, id) -> world.scheduler().start(id))),
                        Named.of(
                                "stop",
                                new Verb(
                                        "exited",
                                        (world, id) -> world.scheduler().stop(id, OptionalInt.of(1), 0))),
                        Named.of(
                                "kill",
                                new Verb(
                                        "exited",
                                        (world, id) -> world.scheduler().kill(id, "KILL"))),
                        Named.of(
                                "restart",
                                new Verb(
                                        "running",
                                        (world, id) -> world.scheduler().restart(id, OptionalInt.of(1), 0))),
                        Named.of(
                                "remove",
                                new Verb(
                                        "gone", (world, id) -> world.scheduler().remove(id, true, false))))
                .flatMap(verb -> Stream.iterate(1, n -> n <= COMMITS, n -> n + 1)
                        .flatMap(commit ->
                                Stream.of(Arguments.of(verb, commit, true), Arguments.of(verb, commit, false))));
    }

    @ParameterizedTest(name = "{0}, commit {1}, before it: {2}")
    @MethodSource("everyVerbAtEveryCommit")
    void isTakenUpAfterACrash(Verb verb, int commit, boolean before) {
        try (var world = new World()) {
            var id = world.create("c1", "sleep", false);
            if (!verb.finalState().equals("running") || commit % 2 == 0) {
                world.scheduler().start(id);
            }
            if (before) {
                world.store.crashBefore(commit);
            } else {
                world.store.crashAfter(commit);
            }
            var asked = new java.util.concurrent.CompletableFuture<Boolean>();
            Thread.startVirtualThread(() -> {
                try {
                    verb.ask().accept(world, id);
                    asked.complete(true);
                } catch (RuntimeException e) {
                    asked.complete(false);
                }
            });
            World.await("a crash or an answer", () -> world.store.crashed() || asked.isDone());
            world.restart();
            if (!world.state(id).equals("gone")) {
                again(world, verb, id);
            }
            World.await(verb.finalState(), () -> world.state(id).equals(verb.finalState()));
            assertThat(world.host.running(id)).isEqualTo(verb.finalState().equals("running"));
            assertStory(world, id);
        }
    }

    /** What a client does that got no answer: ask again. A kill that worked says that nothing runs. */
    private static void again(World world, Verb verb, String id) {
        try {
            verb.ask().accept(world, id);
        } catch (dev.gantry.contracts.error.GantryException done) {
            assertThat(done.code())
                    .isIn(
                            dev.gantry.contracts.error.ErrorCode.NOT_RUNNING,
                            dev.gantry.contracts.error.ErrorCode.NO_SUCH_CONTAINER);
        }
    }

    private static void assertStory(World world, String id) {
        var alive = false;
        var events = world.store.events(id);
        for (var event : events) {
            switch (event) {
                case "start" -> {
                    assertThat(alive).as("start while running in %s", events).isFalse();
                    alive = true;
                }
                case "die" -> {
                    assertThat(alive).as("die without start in %s", events).isTrue();
                    alive = false;
                }
                case "destroy" ->
                    assertThat(alive).as("destroy while running in %s", events).isFalse();
                default -> {}
            }
        }
        assertThat(events).startsWith("create");
    }
}
