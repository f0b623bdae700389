package dev.gantry.agent.journal;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gantry.contracts.rpc.Observation;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A copy of a state with some of it replaced. */
final class StateEdit {
    private Optional<Order> order;
    private Optional<Outcome> outcome;
    private Optional<Order> start;
    private Optional<LaunchedProcess> process;
    private boolean exited;
    private boolean cleaned;
    private long sequence;
    private List<Observation> unacknowledged;
    private Optional<Long> releasedAt;
    private Map<String, ExecRecord> execs;
    private RestartState restart;

    StateEdit(ContainerState from) {
        order = from.order();
        outcome = from.outcome();
        start = from.start();
        process = from.process();
        exited = from.exited();
        cleaned = from.cleaned();
        sequence = from.sequence();
        unacknowledged = from.unacknowledged();
        releasedAt = from.releasedAt();
        execs = from.execs();
        restart = from.restart();
    }

    @CanIgnoreReturnValue
    StateEdit order(Order value) {
        order = Optional.of(value);
        return this;
    }

    @CanIgnoreReturnValue
    StateEdit outcome(Optional<Outcome> value) {
        outcome = value;
        return this;
    }

    @CanIgnoreReturnValue
    StateEdit start(Order value) {
        start = Optional.of(value);
        return this;
    }

    @CanIgnoreReturnValue
    StateEdit process(LaunchedProcess value) {
        process = Optional.of(value);
        return this;
    }

    @CanIgnoreReturnValue
    StateEdit exited(boolean value) {
        exited = value;
        return this;
    }

    @CanIgnoreReturnValue
    StateEdit cleaned(boolean value) {
        cleaned = value;
        return this;
    }

    @CanIgnoreReturnValue
    StateEdit observed(long last, List<Observation> facts) {
        sequence = last;
        unacknowledged = facts;
        return this;
    }

    @CanIgnoreReturnValue
    StateEdit unacknowledged(List<Observation> facts) {
        unacknowledged = facts;
        return this;
    }

    /** The start order is forgotten: it may be large, and nothing starts from it again. */
    @CanIgnoreReturnValue
    StateEdit released(long atMillis) {
        releasedAt = Optional.of(atMillis);
        start = Optional.empty();
        cleaned = true;
        execs = Map.of();
        return this;
    }

    @CanIgnoreReturnValue
    StateEdit execs(Map<String, ExecRecord> value) {
        execs = value;
        return this;
    }

    @CanIgnoreReturnValue
    StateEdit restart(RestartState value) {
        restart = value;
        return this;
    }

    ContainerState build() {
        return new ContainerState(
                order, outcome, start, process, exited, cleaned, sequence, unacknowledged, releasedAt, execs, restart);
    }
}
