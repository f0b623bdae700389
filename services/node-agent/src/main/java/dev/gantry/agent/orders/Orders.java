package dev.gantry.agent.orders;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.container.Containers;
import dev.gantry.agent.journal.Entry;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** Takes orders: each generation of a container is carried out once, however often it is asked for. */
public final class Orders {
    private static final Logger LOG = Logger.getLogger(Orders.class);
    private static final int OTHER_FAILURE = 128;

    private final Containers containers;
    private final StartOrders starts;
    private final SignalOrders signals;
    private final ReleaseOrders releases;
    private final Pauses pauses;
    private final Updates updates;

    public Orders(
            Containers containers,
            StartOrders starts,
            SignalOrders signals,
            ReleaseOrders releases,
            Pauses pauses,
            Updates updates) {
        this.updates = updates;
        this.pauses = pauses;
        this.containers = containers;
        this.starts = starts;
        this.signals = signals;
        this.releases = releases;
    }

    /**
     * Answers when the order is carried out, also when it failed. The caller's going away changes nothing.
     *
     * @throws GantryException STALE_GENERATION for an order older than one that was taken up
     */
    public Outcome apply(Order order) {
        var container = containers.get(order.getContainer());
        var mine = new CompletableFuture<Outcome>();
        CompletableFuture<Outcome> theirs;
        boolean begun;
        synchronized (container) {
            var state = container.journal().state();
            switch (Generations.decide(state, container.inFlight().keySet(), order.getGeneration())) {
                case Generations.Decision.Answer(var outcome) -> {
                    return outcome;
                }
                case Generations.Decision.Stale(var highest) ->
                    throw ErrorCode.STALE_GENERATION.with(container.id(), order.getGeneration(), highest);
                case Generations.Decision.Join() -> {
                    theirs = container.inFlight().getOrDefault(order.getGeneration(), mine);
                    begun = false;
                }
                case Generations.Decision.Begin() -> {
                    container.journal().append(new Entry.Accepted(order));
                    container.inFlight().put(order.getGeneration(), mine);
                    theirs = mine;
                    begun = true;
                }
            }
        }
        return begun ? carryOut(container, order, mine) : join(theirs);
    }

    private Outcome carryOut(Container container, Order order, CompletableFuture<Outcome> mine) {
        try {
            var outcome = outcome(container, order);
            container.journal().append(new Entry.Answered(outcome));
            mine.complete(outcome);
            return outcome;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            synchronized (container) {
                container.inFlight().remove(order.getGeneration());
            }
        }
    }

    private Outcome outcome(Container container, Order order) {
        var outcome = Outcome.newBuilder().setGeneration(order.getGeneration());
        try {
            switch (order.getVerbCase()) {
                case START -> outcome.setRunning(starts.start(container, order));
                case STOP -> signals.stop(container, order.getStop());
                case KILL -> signals.kill(container, order.getKill());
                case RELEASE -> releases.release(container);
                case PAUSE -> pauses.pause(container);
                case UPDATE -> updates.update(container, order.getUpdate());
                case UNPAUSE -> pauses.unpause(container);
                case VERB_NOT_SET -> throw ErrorCode.INVALID_PARAMETER.with("order without a verb");
            }
            if (!order.hasStart()) {
                outcome.setDone(Outcome.Done.getDefaultInstance());
            }
        } catch (StartFailure e) {
            outcome.setFailed(failed(e.error(), e.exitCode()));
        } catch (GantryException e) {
            outcome.setFailed(failed(e, OTHER_FAILURE));
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while carrying out an order", e);
        }
        if (outcome.hasFailed()) {
            LOG.infof(
                    "container %s generation %d: %s failed: %s",
                    container.id(),
                    order.getGeneration(),
                    order.getVerbCase(),
                    outcome.getFailed().getMessage());
        }
        return outcome.setRun(container.journal().state().run()).build();
    }

    private static Outcome.Failed failed(GantryException error, int exitCode) {
        return Outcome.Failed.newBuilder()
                .setCode(error.code().name())
                .setMessage(String.valueOf(error.getMessage()))
                .setExitCode(exitCode)
                .build();
    }

    private static Outcome join(CompletableFuture<Outcome> theirs) {
        try {
            return theirs.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof GantryException known ? known : e;
        }
    }
}
