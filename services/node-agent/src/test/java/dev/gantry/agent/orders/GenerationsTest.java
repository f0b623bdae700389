package dev.gantry.agent.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.journal.ContainerState;
import dev.gantry.agent.journal.RestartState;
import dev.gantry.contracts.rpc.KillOrder;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GenerationsTest {
    @Test
    void beginsTheFirstAndEveryHigherOne() {
        assertThat(decide(0, false, Set.of(), 1)).isEqualTo(new Generations.Decision.Begin());
        assertThat(decide(3, true, Set.of(), 4)).isEqualTo(new Generations.Decision.Begin());
    }

    @Test
    void aHigherOneOvertakesOneInFlight() {
        assertThat(decide(3, false, Set.of(3L), 4)).isEqualTo(new Generations.Decision.Begin());
    }

    @Test
    void joinsOneInFlightAlsoAfterItWasOvertaken() {
        assertThat(decide(3, false, Set.of(3L), 3)).isEqualTo(new Generations.Decision.Join());
        assertThat(decide(4, false, Set.of(3L, 4L), 3)).isEqualTo(new Generations.Decision.Join());
    }

    @Test
    void answersAFinishedOneFromTheJournal() {
        assertThat(decide(3, true, Set.of(), 3)).isEqualTo(new Generations.Decision.Answer(outcome(3)));
    }

    @Test
    void beginsAgainWhatAKilledAgentLeftUnfinished() {
        assertThat(decide(3, false, Set.of(), 3)).isEqualTo(new Generations.Decision.Begin());
    }

    /** Whatever happened before: one in flight is never begun a second time, and nothing older than the highest is begun. */
    @Test
    void neverDoesTwoThingsAtOnceAndNeverGoesBack() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var i = 0; i < 10_000; i++) {
            var highest = random.nextInt(5);
            var inFlight = Set.copyOf(LongStream.rangeClosed(1, highest)
                    .filter(g -> random.nextBoolean())
                    .boxed()
                    .toList());
            var finished = highest > 0 && !inFlight.contains((long) highest) && random.nextBoolean();
            var generation = 1 + random.nextInt(6);
            if (decide(highest, finished, inFlight, generation) instanceof Generations.Decision.Begin) {
                assertThat(inFlight).as("seed %d", seed).doesNotContain((long) generation);
                assertThat(generation).as("seed %d", seed).isGreaterThanOrEqualTo(highest);
            }
        }
    }

    private static Generations.Decision decide(long highest, boolean finished, Set<Long> inFlight, long generation) {
        var order = Order.newBuilder()
                .setGeneration(highest)
                .setKill(KillOrder.getDefaultInstance())
                .build();
        var state = new ContainerState(
                highest == 0 ? Optional.empty() : Optional.of(order),
                finished ? Optional.of(outcome(highest)) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                true,
                0,
                List.of(),
                Optional.empty(),
                Map.of(),
                RestartState.NONE);
        return Generations.decide(state, inFlight, generation);
    }

    private static Outcome outcome(long generation) {
        return Outcome.newBuilder()
                .setGeneration(generation)
                .setDone(Outcome.Done.getDefaultInstance())
                .build();
    }
}
