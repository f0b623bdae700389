package dev.gantry.scheduler.container;

import dev.gantry.contracts.docker.Buildable;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.GoTime;
import dev.gantry.contracts.docker.network.NetworkSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What changes in a container's life; one JSON document in the database.
 *
 * @param version of the container: each event has a higher one
 * @param phase the name of a {@link Phase}
 * @param alive its first process runs
 * @param generation of the last order
 * @param runGeneration of the order that led to the last run
 * @param run the last run seen, raised by the agent when it restarts the container by itself
 * @param sequence the last of the agent's observations applied
 * @param joined network-service may hold endpoints for it
 * @param stopSignal of a stop that was ordered and not yet followed by the exit; 0: none
 * @param restarting a user asked for a restart: the exit is followed by a start
 * @param removeVolumes the removal takes anonymous volumes with it
 * @param forsaken its node is lost, and the removal goes on without it
 * @param lastEvent time of the last event; the next one is later
 * @param network as the last join left it
 * @param paused its processes are stopped in their tracks
 * @param execs ids of the execs that were made and have not ended
 */
@Buildable
public record Status(
        long version,
        String phase,
        boolean alive,
        int exitCode,
        String error,
        boolean oomKilled,
        int pid,
        Instant startedAt,
        Instant finishedAt,
        long generation,
        long runGeneration,
        long run,
        long sequence,
        int restartCount,
        List<PendingOrder> orders,
        boolean joined,
        int stopSignal,
        boolean restarting,
        boolean removeVolumes,
        boolean forsaken,
        Instant lastEvent,
        @Nullable NetworkSettings network,
        boolean paused,
        List<String> execs) {
    public Status {
        orders = List.copyOf(orders);
        execs = List.copyOf(execs);
    }

    public static Status created(NetworkSettings network) {
        return StatusBuilder.builder(DockerJson.empty(Status.class))
                .phase(Phase.CREATED.name())
                .startedAt(GoTime.ZERO)
                .finishedAt(GoTime.ZERO)
                .lastEvent(GoTime.ZERO)
                .network(network)
                .build();
    }

    public boolean is(Phase wanted) {
        return phase.equals(wanted.name());
    }

    public boolean pending(Verb verb) {
        return orders.stream().anyMatch(order -> order.is(verb));
    }

    public Optional<PendingOrder> order(long wanted) {
        return orders.stream().filter(order -> order.generation() == wanted).findFirst();
    }

    /** A start was ordered and nothing has been heard of it. */
    public boolean starting() {
        return !alive && orders.stream().anyMatch(order -> order.is(Verb.START) && order.generation() > runGeneration);
    }

    /** Its agent is about to start it again by itself. */
    public boolean awaitsRestart() {
        return !alive && is(Phase.RESTARTING);
    }

    /** Runs, or is about to again: what Docker calls running. */
    public boolean up() {
        return alive || awaitsRestart();
    }

    /** Docker's word for it. */
    public String word() {
        if (is(Phase.REMOVING)) {
            return "removing";
        } else if (alive) {
            return paused ? "paused" : "running";
        } else if (awaitsRestart()) {
            return "restarting";
        }
        return is(Phase.CREATED) ? "created" : "exited";
    }
}
