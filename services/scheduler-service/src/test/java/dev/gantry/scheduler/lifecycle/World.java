package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.contracts.node.NodeFactsBuilder;
import dev.gantry.scheduler.placement.Candidate;
import dev.gantry.service.tracing.TraceCarrier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** One database and one host, and a scheduler that can be killed and built anew on them. */
final class World implements AutoCloseable {
    final MemoryStore store = new MemoryStore();
    final FakeHost host = new FakeHost();
    private final Random random = new Random(7);
    private final TraceCarrier traces;
    private ActiveScheduler scheduler;

    World() {
        this(TraceCarrier.NONE);
    }

    World(TraceCarrier traces) {
        this.traces = traces;
        scheduler = open();
    }

    private ActiveScheduler open() {
        var opened = ActiveScheduler.open(store.connect(), host, new OneNode(), InstantSource.system(), random, traces);
        host.listen(seen -> {
            var _ = opened.observe(FakeHost.NODE, seen).whenComplete((done, error) -> {
                if (error == null) {
                    host.acknowledge(seen);
                }
            });
        });
        return opened;
    }

    ActiveScheduler scheduler() {
        return scheduler;
    }

    /** The scheduler dies where it stands; the next one finds the database and the host as they are. */
    void restart() {
        host.silence();
        scheduler.close();
        store.heal();
        scheduler = open();
    }

    String create(String name, String command, boolean autoRemove) {
        var body = "{\"Image\":\"busybox\",\"Cmd\":[\"" + command + "\"],\"HostConfig\":{\"NetworkMode\":\"none\","
                + "\"AutoRemove\":" + autoRemove + "}}";
        return scheduler.create(name, "", body.getBytes(StandardCharsets.UTF_8)).id();
    }

    String state(String reference) {
        return scheduler.newestFirst().stream()
                .filter(container ->
                        container.id().equals(reference) || container.name().equals(reference))
                .findFirst()
                .map(container -> container.status().word())
                .orElse("gone");
    }

    static void await(String what, BooleanSupplier condition) {
        var deadline = Instant.now().plus(Duration.ofSeconds(10));
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("not in time: " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(500_000); // between two looks, not instead of one
        }
    }

    @Override
    public void close() {
        scheduler.close();
    }

    private static final class OneNode implements ActiveScheduler.NodeView {
        @Override
        public List<Candidate> candidates(Map<String, Integer> containersByNode) {
            return List.of(new Candidate(FakeHost.NODE, true, "linux/amd64", 0, 0));
        }

        @Override
        public NodeFacts facts(String node) {
            return NodeFactsBuilder.builder(DockerJson.empty(NodeFacts.class))
                    .cpuShares(true)
                    .cpuCfs(true)
                    .build();
        }
    }
}
