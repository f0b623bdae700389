package dev.gantry.agent.orders;

import dev.gantry.agent.journal.ContainerState;
import dev.gantry.contracts.rpc.Outcome;
import java.util.Set;

/** What to do with an order, by its generation alone. */
final class Generations {
    sealed interface Decision {
        /** It is done: this is what came of it. */
        record Answer(Outcome outcome) implements Decision {}

        /** It is being done: wait for the same outcome. */
        record Join() implements Decision {}

        /** A newer one was taken up. */
        record Stale(long highest) implements Decision {}

        /** Do it, also for the second time: an agent was killed in the middle of it. */
        record Begin() implements Decision {}
    }

    private Generations() {}

    static Decision decide(ContainerState state, Set<Long> inFlight, long generation) {
        if (inFlight.contains(generation)) {
            return new Decision.Join();
        }
        if (generation < state.generation()) {
            return new Decision.Stale(state.generation());
        }
        if (generation == state.generation() && state.outcome().isPresent()) {
            return new Decision.Answer(state.outcome().get());
        }
        return new Decision.Begin();
    }
}
