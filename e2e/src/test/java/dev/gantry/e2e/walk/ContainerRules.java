package dev.gantry.e2e.walk;

import dev.gantry.e2e.walk.ContainerState.Status;
import java.util.Set;

/**
 * Containers of one of two kinds: one runs until it is told to end, the other ends by itself soon.
 *
 * @param brief whether it ends by itself
 */
record ContainerRules(boolean brief) implements Rules<ContainerState, ContainerVerb> {
    /** What the program says when it was asked to end. */
    static final int ON_TERM = 5;

    /** What it says when it ends by itself. */
    static final int BY_ITSELF = 3;

    static final int ON_KILL = 137;

    @Override
    public Set<ContainerState> after(ContainerState state, ContainerVerb verb) {
        return switch (verb) {
            case CREATE -> state.is(Status.ABSENT) ? Set.of(new ContainerState(Status.CREATED, 0, 0)) : Set.of();
            case START -> start(state);
            case STOP -> stop(state);
            case KILL -> state.is(Status.RUNNING) ? Set.of(state.exited(ON_KILL)) : Set.of();
            case REMOVE ->
                state.is(Status.CREATED) || state.is(Status.EXITED) ? Set.of(ContainerState.NOWHERE) : Set.of();
            // with force, the absence of what is to be removed is no error to the client
            case FORCE_REMOVE -> Set.of(ContainerState.NOWHERE);
            case EXEC -> state.is(Status.RUNNING) ? Set.of(state) : Set.of();
        };
    }

    private static Set<ContainerState> start(ContainerState state) {
        return switch (state.status()) {
            case ABSENT -> Set.of();
            case CREATED, EXITED -> Set.of(state.running());
            case RUNNING -> Set.of(state);
        };
    }

    /** A program that was just begun may not listen to signals yet: it is killed after its time. */
    private static Set<ContainerState> stop(ContainerState state) {
        return switch (state.status()) {
            case ABSENT -> Set.of();
            case CREATED, EXITED -> Set.of(state);
            case RUNNING -> Set.of(state.exited(ON_TERM), state.exited(ON_KILL));
        };
    }

    @Override
    public boolean mayRefuse(ContainerState state, ContainerVerb verb) {
        return after(state, verb).isEmpty() || (verb == ContainerVerb.FORCE_REMOVE && state.is(Status.ABSENT));
    }

    @Override
    public Set<ContainerState> byItself(ContainerState state) {
        return brief && state.is(Status.RUNNING) ? Set.of(state.exited(BY_ITSELF)) : Set.of();
    }
}
