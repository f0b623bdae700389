package dev.gantry.e2e.walk;

import java.util.Set;

/**
 * How objects of one kind behave.
 *
 * @param <S> state
 * @param <V> what one can ask of it
 */
interface Rules<S, V> {
    /** The states that it may be in once that was done; none where it is refused. */
    Set<S> after(S state, V verb);

    /** Whether somebody may be told that this cannot be done in that state. */
    default boolean mayRefuse(S state, V verb) {
        return after(state, verb).isEmpty();
    }

    /** The states that it may come to by itself. */
    Set<S> byItself(S state);
}
