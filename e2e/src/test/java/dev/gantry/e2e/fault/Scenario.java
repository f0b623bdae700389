package dev.gantry.e2e.fault;

import java.util.List;

/** What clients do at one moment of the matrix, and what must be true of it afterwards. */
interface Scenario {
    Moment moment();

    /** Makes what the clients need, before anything is killed. */
    void prepare();

    /** One call of a client; {@code round} counts from 0. Many are made, one after the other, until the victim is dead. */
    Operation call(int round);

    /**
     * What is not as it must be, some time after the victim's return, before anybody has touched anything again: what was answered is
     * there, what was not is there entirely or not at all.
     */
    List<String> unsettled(World world, List<Operation> calls);

    /** Does again what was not answered, and goes on where the clients stopped; returns what did not work. */
    List<String> repeat(List<Operation> calls);

    /** What is not as it must be after {@link #repeat}. */
    List<String> unfinished(World world, List<Operation> calls);

    /** Ends what still runs of its clients. */
    default void leave() {}

    /** How often a client may call before the kill; it begins anew at 0 after that many. */
    default int rounds() {
        return Integer.MAX_VALUE;
    }
}
