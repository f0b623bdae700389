package dev.gantry.scheduler.container;

/**
 * An order that was committed and not yet acknowledged by the agent: it is sent again, after a restart of the scheduler too,
 * until the agent answers its generation.
 *
 * @param verb the name of a {@link Verb}
 * @param signal for STOP and KILL
 * @param timeoutSeconds for STOP; negative: wait for ever
 * @param document for UPDATE: the host config as it is afterwards; else empty
 */
public record PendingOrder(long generation, String verb, int signal, int timeoutSeconds, String document) {
    public boolean is(Verb wanted) {
        return verb.equals(wanted.name());
    }
}
