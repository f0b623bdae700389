package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.MountPlan;
import dev.gantry.contracts.rpc.Observation;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.Phase;
import dev.gantry.scheduler.container.Status;
import dev.gantry.scheduler.container.Verb;
import dev.gantry.service.tracing.TraceCarrier;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * The scheduler while it is the active one: every container in memory, written through. It begins with what is in
 * the database, goes on with what was under way (orders, removals, departures), and stops without a trace.
 */
public final class ActiveScheduler implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ActiveScheduler.class);

    private final Registry registry = new Registry();
    private final Threads threads;
    private final ContainerStore store;
    private final InstantSource clock;
    private final Departures departures;
    private final Places places;
    private final Dispatcher dispatcher;
    private final Removal removal;
    private final Verbs verbs;
    private final Creation creation;
    private final Ports ports;
    private final TraceCarrier traces;
    private final NodeView nodes;
    private final OwedReleases owed;

    private final Cell.Effects effects = new Cell.Effects() {
        @Override
        public void precede(Cell cell, Container before, Change change) {
            ActiveScheduler.this.precede(cell, before, change);
        }

        @Override
        public void follow(Cell cell, Container before, Change change) {
            ActiveScheduler.this.follow(cell, before, change);
        }
    };

    private ActiveScheduler(
            ContainerStore store,
            Ports ports,
            NodeView nodes,
            InstantSource clock,
            RandomGenerator random,
            TraceCarrier traces) {
        this.store = store;
        this.nodes = nodes;
        this.ports = ports;
        this.clock = clock;
        this.traces = traces;
        threads = new Threads(traces);
        departures = new Departures(ports, threads, clock);
        places = new Places(ports, threads, clock);
        dispatcher = new Dispatcher(ports, threads, departures, registry, clock);
        owed = new OwedReleases(store, ports, threads);
        removal = new Removal(ports, threads, departures, registry, owed, clock);
        verbs = new Verbs(registry, ports, clock);
        creation = new Creation(registry, store, ports, candidatesWith(nodes), this::cell, clock, random);
    }

    /** What is known of nodes without the containers on them. */
    public interface NodeView {
        List<dev.gantry.scheduler.placement.Candidate> candidates(Map<String, Integer> containersByNode);

        dev.gantry.contracts.node.NodeFacts facts(String node);
    }

    /** Loads everything and takes up what was under way. */
    public static ActiveScheduler open(
            ContainerStore store,
            Ports ports,
            NodeView nodes,
            InstantSource clock,
            RandomGenerator random,
            TraceCarrier traces) {
        var scheduler = new ActiveScheduler(store, ports, nodes, clock, random, traces);
        scheduler.recover();
        return scheduler;
    }

    private void recover() {
        store.load().forEach(container -> registry.add(cell(container)));
        for (var cell : registry.all()) {
            var status = cell.current().status();
            status.orders().forEach(order -> dispatcher.recover(cell, order));
            if (status.is(Phase.REMOVING)) {
                removal.begin(cell);
            } else if (idle(status)) {
                // also when it has no place as far as we know: a start that was not committed may have asked for one
                departures.begin(cell);
            } else if (Places.unknown(cell.current())) {
                places.find(cell);
            }
        }
    }

    private Cell cell(Container container) {
        return new Cell(container, store, effects, traces);
    }

    private static boolean hasToLeave(Container container) {
        var status = container.status();
        return status.joined() && idle(status);
    }

    private static boolean idle(Status status) {
        return !status.up() && !status.starting() && !status.is(Phase.REMOVING);
    }

    private void precede(Cell cell, Container before, Change change) {
        if (!before.status().up()) {
            change.issued().stream()
                    .filter(order -> order.is(Verb.START))
                    .forEach(start -> dispatcher.expect(cell, start));
        }
    }

    /** What follows a committed change; each effect goes on in a thread of its own. */
    private void follow(Cell cell, Container before, Change change) {
        var after = change.after();
        if (change.says("die") && after.status().restarting()) {
            departures.begin(cell); // the start, which waits for it, joins anew
        }
        change.issued().forEach(order -> dispatcher.dispatch(cell, order));
        if (change.says("die")
                || (before.status().awaitsRestart() && !after.status().up())) {
            cell.waiters().exited(after.status().exitCode());
        }
        if (after.status().is(Phase.REMOVING) && !before.status().is(Phase.REMOVING)) {
            removal.begin(cell);
        } else if (hasToLeave(after) && !hasToLeave(before)) {
            departures.begin(cell);
        } else if (Places.unknown(after) && !before.status().alive()) {
            places.find(cell);
        }
    }

    private Creation.Nodes candidatesWith(NodeView nodes) {
        return new Creation.Nodes() {
            @Override
            public List<dev.gantry.scheduler.placement.Candidate> candidates() {
                return nodes.candidates(counts(container -> true));
            }

            @Override
            public dev.gantry.contracts.node.NodeFacts facts(String node) {
                return nodes.facts(node);
            }
        };
    }

    /** The id and the warnings of a new container. */
    public record Made(String id, List<String> warnings) {}

    public Made create(String name, String platform, byte[] body) {
        var created = creation.create(name, platform, body);
        return new Made(created.id(), created.warnings());
    }

    public boolean start(String reference) {
        return verbs.start(reference);
    }

    /** @param signal 0: the container's own */
    public boolean stop(String reference, OptionalInt timeoutSeconds, int signal) {
        return verbs.stop(reference, timeoutSeconds, signal);
    }

    public boolean restart(String reference, OptionalInt timeoutSeconds, int signal) {
        return verbs.restart(reference, timeoutSeconds, signal);
    }

    public boolean kill(String reference, String signal) {
        return verbs.kill(reference, signal);
    }

    public boolean pause(String reference) {
        return verbs.pause(reference);
    }

    public boolean unpause(String reference) {
        return verbs.unpause(reference);
    }

    /** @return warnings */
    public List<String> update(String reference, byte[] hostConfig) {
        var node = registry.resolve(reference).current().node();
        return verbs.update(reference, DockerJson.read(hostConfig, HostConfig.class), nodes.facts(node));
    }

    public boolean rename(String reference, String name) {
        return verbs.rename(reference, name);
    }

    /** Puts on record what was done to a container and left it as it is. */
    public void note(String reference, String action, Map<String, String> attributes) {
        verbs.note(reference, action, attributes);
    }

    public boolean remove(String reference, boolean force, boolean volumes) {
        return verbs.remove(reference, force, volumes);
    }

    /** Registered when this returns; the answer is the exit code. */
    public CompletableFuture<Integer> wait(String reference, WaitCondition condition) {
        return verbs.wait(reference, condition);
    }

    public Container inspect(String reference) {
        return registry.resolve(reference).current();
    }

    /** Its mounts as the agent makes them. */
    public List<MountPlan> mounts(Container container) {
        return ports.plan(container);
    }

    public List<Container> newestFirst() {
        return registry.newestFirst();
    }

    /** Containers per node. */
    public Map<String, Integer> counts(Predicate<Container> which) {
        var counts = new java.util.HashMap<String, Integer>();
        registry.all().stream()
                .map(Cell::current)
                .filter(which)
                .forEach(container -> counts.merge(container.node(), 1, Integer::sum));
        return counts;
    }

    /**
     * Removes the stopped containers that match.
     *
     * @return the ids of those that are gone
     */
    public List<String> prune(Predicate<Container> which) {
        var removed = new ArrayList<String>();
        for (var container : registry.newestFirst()) {
            var status = container.status();
            if (!status.up() && !status.starting() && !status.is(Phase.REMOVING) && which.test(container)) {
                removeIfStopped(container.id()).ifPresent(removed::add);
            }
        }
        var now = clock.instant();
        store.tell(new Fact("prune", now.toEpochMilli(), now, Map.of("reclaimed", "0")));
        return removed;
    }

    private Optional<String> removeIfStopped(String id) {
        try {
            verbs.remove(id, false, false);
            return Optional.of(id);
        } catch (GantryException startedOrGoneMeanwhile) {
            return Optional.empty();
        }
    }

    /** A node is back: what was removed without it is given back now. */
    public void settleOwed(String node) {
        owed.settle(node);
    }

    /**
     * A node's host has booted. Its agent starts again what was to run by itself; containers that always run, also after somebody has
     * stopped them, are ordered here: they need a new place in the network. Committed when this returns.
     */
    public void booted(String node) {
        registry.all().stream()
                .filter(cell -> cell.current().node().equals(node) && alwaysRuns(cell.current()))
                .forEach(this::startAgain);
    }

    private static boolean alwaysRuns(Container container) {
        var status = container.status();
        return container.spec().hostConfig().restartPolicy().name().equals("always")
                && status.is(Phase.STARTED)
                && !status.up()
                && !status.starting();
    }

    private void startAgain(Cell cell) {
        try {
            cell.change(container -> Transitions.start(container, false, clock.instant()));
        } catch (GantryException goneOrRemovedMeanwhile) {
            LOG.debugf("container %s: not started again: %s", cell.id(), goneOrRemovedMeanwhile.getMessage());
        }
    }

    /** Whether a create with this id is under way; once it is not, the container is there or will never be. */
    public boolean isBeingMade(String id) {
        return creation.isBeingMade(id);
    }

    /** Somebody who uses an image. */
    public record ImageUser(String container, boolean running, String reference) {}

    public List<ImageUser> imageUsers(String imageId) {
        var users = new ArrayList<ImageUser>();
        creation.using(imageId)
                .forEach(create -> users.add(new ImageUser(create.container(), false, create.reference())));
        registry.all().stream()
                .map(Cell::current)
                .filter(container -> container.spec().imageId().equals(imageId))
                .filter(container ->
                        users.stream().noneMatch(user -> user.container().equals(container.id())))
                .forEach(container -> users.add(new ImageUser(
                        container.id(),
                        container.status().up(),
                        container.spec().config().image())));
        return users;
    }

    /** Containers by image id. */
    public Map<String, Integer> imageUserCounts() {
        var counts = new java.util.HashMap<String, Integer>();
        registry.all().forEach(cell -> counts.merge(cell.current().spec().imageId(), 1, Integer::sum));
        return counts;
    }

    /**
     * Applies what an agent saw. Completed when it is committed, or needs no commit: then it may be acknowledged.
     *
     * @throws GantryException FORBIDDEN when the container lives on another node
     */
    public CompletableFuture<Void> observe(String node, Observation seen) {
        var cell = registry.byId(seen.getContainer());
        if (cell.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        if (!cell.get().current().node().equals(node)) {
            throw ErrorCode.FORBIDDEN.with("container " + seen.getContainer() + " does not live on node " + node);
        }
        return cell.get()
                .observe(container -> Transitions.observed(container, seen, clock.instant()))
                .handle((change, error) -> settled(cell.get(), error));
    }

    private static @org.jspecify.annotations.Nullable Void settled(
            Cell cell, @org.jspecify.annotations.Nullable Throwable error) {
        if (error != null && !cell.removed()) {
            throw new java.util.concurrent.CompletionException(error);
        }
        return null;
    }

    @Override
    public void close() {
        threads.close();
        registry.all().forEach(Cell::abandon);
    }
}
