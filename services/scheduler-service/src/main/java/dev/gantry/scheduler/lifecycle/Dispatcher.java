package dev.gantry.scheduler.lifecycle;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.KillOrder;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.contracts.rpc.PauseOrder;
import dev.gantry.contracts.rpc.ReleaseOrder;
import dev.gantry.contracts.rpc.StartOrder;
import dev.gantry.contracts.rpc.StopOrder;
import dev.gantry.contracts.rpc.UnpauseOrder;
import dev.gantry.contracts.rpc.UpdateOrder;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.PendingOrder;
import dev.gantry.scheduler.container.StatusBuilder;
import dev.gantry.scheduler.container.Verb;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Carries committed orders to agents: one virtual thread per order, which sends it again until the agent has answered
 * that generation, whatever dies in between.
 */
final class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final Duration NODE_POLL = Duration.ofSeconds(5);
    private static final Duration RELEASE_PAUSE = Duration.ofSeconds(1);
    private static final int CANNOT_START = 128;

    private final Ports ports;
    private final Threads threads;
    private final Departures departures;
    private final InstantSource clock;
    private final Neighbours neighbours;
    private final Arrivals arrivals;
    private final PortsAnew portsAnew;

    Dispatcher(Ports ports, Threads threads, Departures departures, Registry registry, InstantSource clock) {
        this.ports = ports;
        this.threads = threads;
        this.departures = departures;
        this.clock = clock;
        this.neighbours = new Neighbours(registry);
        this.arrivals = new Arrivals(ports, threads, departures, neighbours);
        this.portsAnew = new PortsAnew(ports, clock);
    }

    /** A start that is being committed, of a container that has no process. */
    void expect(Cell cell, PendingOrder start) {
        arrivals.begin(cell, start);
    }

    /** An order that was just committed. */
    void dispatch(Cell cell, PendingOrder order) {
        threads.start("order " + order.verb() + " " + cell.id(), () -> carry(cell, order, false));
    }

    /** An order that a scheduler before this one left behind: it may have been carried out. */
    void recover(Cell cell, PendingOrder order) {
        threads.start("order " + order.verb() + " " + cell.id(), () -> carry(cell, order, true));
    }

    private void carry(Cell cell, PendingOrder order, boolean recovered) throws InterruptedException {
        var pause = Duration.ofMillis(20);
        while (threads.open() && stillPending(cell, order)) {
            if (ports.awaitNode(cell.current().node(), NODE_POLL)) {
                try {
                    var outcome = send(cell, order);
                    if (portsAnew.ordered(cell, order, outcome)) {
                        return;
                    }
                    if (!order.is(Verb.RELEASE) || outcome.getResultCase() != Outcome.ResultCase.FAILED) {
                        conclude(cell, outcome);
                        return;
                    }
                    releaseAgain(cell, order, outcome.getFailed());
                    return;
                } catch (GantryException e) {
                    if (refused(cell, order, recovered, e)) {
                        return;
                    }
                    LOG.infof(
                            "container %s: %s of generation %d goes out again: %s",
                            cell.id(), order.verb(), order.generation(), e.getMessage());
                }
                Thread.sleep(pause);
                pause = Retry.longer(pause);
            }
        }
        if (threads.open() && !cell.gone().isDone()) {
            // done all the same: its effect was seen on the stream, though the answer was lost
            cell.answer(Outcome.newBuilder().setGeneration(order.generation()).build());
        }
    }

    private void releaseAgain(Cell cell, PendingOrder order, Outcome.Failed failed) throws InterruptedException {
        LOG.errorf("container %s: not everything was given back: %s", cell.id(), failed.getMessage());
        Thread.sleep(RELEASE_PAUSE);
        cell.change(container -> Transitions.releaseAgain(container, order, clock.instant()));
    }

    private static boolean stillPending(Cell cell, PendingOrder order) {
        return !cell.gone().isDone()
                && cell.current().status().order(order.generation()).isPresent();
    }

    private void conclude(Cell cell, Outcome outcome) {
        cell.conclude(container -> Transitions.outcome(container, outcome, clock.instant()), outcome);
    }

    /** What will never be answered otherwise is not sent again. */
    private boolean refused(Cell cell, PendingOrder order, boolean recovered, GantryException error) {
        return switch (error.code()) {
            case NODE_AWAY, SERVICE_AWAY, TIMED_OUT, INTERNAL -> false;
            case STALE_GENERATION -> {
                overtaken(cell, order, recovered);
                yield true;
            }
            case NO_SUCH_CONTAINER -> true;
            default -> {
                conclude(cell, failed(order, error));
                yield true;
            }
        };
    }

    /** Orders of one container travel side by side, so a later one may arrive first. A signal must not get lost by that, nor come twice. */
    private void overtaken(Cell cell, PendingOrder order, boolean recovered) {
        var signal = order.is(Verb.STOP) || order.is(Verb.KILL);
        var repeatable = order.is(Verb.PAUSE) || order.is(Verb.UNPAUSE) || order.is(Verb.UPDATE);
        if (repeatable || (signal && !recovered)) {
            cell.change(container -> {
                var change = Transitions.again(container, order, clock.instant());
                change.issued().forEach(next -> cell.link(order.generation(), next.generation()));
                return change;
            });
        } else {
            cell.change(container -> Transitions.superseded(container, order, clock.instant()));
        }
        if (!signal && !repeatable) {
            cell.giveUp(order.generation(), ErrorCode.START_REMOVING.with());
        } else if (recovered || !cell.current().status().alive()) {
            cell.answer(Outcome.newBuilder().setGeneration(order.generation()).build());
        }
    }

    private static Outcome failed(PendingOrder order, GantryException error) {
        return Outcome.newBuilder()
                .setGeneration(order.generation())
                .setFailed(Outcome.Failed.newBuilder()
                        .setCode(error.code().name())
                        .setMessage(error.getMessage())
                        .setExitCode(CANNOT_START))
                .build();
    }

    private Outcome send(Cell cell, PendingOrder pending) throws InterruptedException {
        var container = cell.current();
        var order = Order.newBuilder().setContainer(container.id()).setGeneration(pending.generation());
        switch (Verb.valueOf(pending.verb())) {
            case START -> order.setStart(start(cell, container, pending));
            case STOP ->
                order.setStop(
                        StopOrder.newBuilder().setSignal(pending.signal()).setTimeoutSeconds(pending.timeoutSeconds()));
            case KILL ->
                order.setKill(KillOrder.newBuilder()
                        .setSignal(pending.signal())
                        .setThaw(Pausing.endedBy(container, pending.signal())));
            case PAUSE -> order.setPause(PauseOrder.getDefaultInstance());
            case UPDATE ->
                order.setUpdate(UpdateOrder.newBuilder().setHostConfig(ByteString.copyFromUtf8(pending.document())));
            case UNPAUSE -> order.setUnpause(UnpauseOrder.getDefaultInstance());
            case RELEASE -> order.setRelease(ReleaseOrder.getDefaultInstance());
        }
        var answer = ports.apply(container.node(), order.build(), limit(pending));
        if (answer.getResultCase() == Outcome.ResultCase.RESULT_NOT_SET) {
            throw ErrorCode.INTERNAL.with("the agent of " + container.node() + " answered nothing");
        }
        return answer.toBuilder().setGeneration(pending.generation()).build();
    }

    private static Duration limit(PendingOrder order) {
        if (!order.is(Verb.STOP)) {
            return LIMIT;
        }
        return order.timeoutSeconds() < 0 ? FOR_EVER : LIMIT.plusSeconds(order.timeoutSeconds());
    }

    /** Its place in the network and its mounts, asked for side by side; both may be asked again. */
    private StartOrder start(Cell cell, Container container, PendingOrder order) throws InterruptedException {
        departures.await(cell);
        var mounts = threads.beside(() -> ports.plan(container));
        var neighbour = neighbours.running(container);
        var joined = neighbour.map(Neighbours::place).orElseGet(() -> arrivals.join(cell, order));
        cell.change(now -> networked(now, joined, clock.instant()));
        return StartOrder.newBuilder()
                .setName(container.name())
                .setConfig(json(Neighbours.named(container.spec().config(), neighbour)))
                .setHostConfig(json(container.spec().hostConfig()))
                .setImage(container.image())
                .setNetwork(joined.plan())
                .addAllMounts(Cell.join(mounts))
                .build();
    }

    private static Change networked(Container container, Ports.Joined joined, Instant now) {
        return new Step(container, now)
                .set(StatusBuilder.builder(container.status())
                        .network(joined.settings())
                        .joined(true)) // a restart has left before
                .remember();
    }

    private static ByteString json(Object document) {
        return ByteString.copyFrom(DockerJson.write(document));
    }
}
