package dev.gantry.scheduler.node;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.scheduler.lifecycle.ActiveScheduler;
import dev.gantry.scheduler.placement.Candidate;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Every node that has said hello, and whether its agent is connected. A node is ready while its observation stream is
 * open; a second stream takes the place of the first, whose end then says nothing any more.
 */
@ApplicationScoped
public class NodeRegistry implements ActiveScheduler.NodeView {
    private final NodeStore store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, KnownNode> known = new HashMap<>();
    private final Map<String, Long> connected = new HashMap<>();
    private final Map<String, Long> awaySince = new HashMap<>();
    private final long born = System.nanoTime();
    private long streams;

    NodeRegistry(NodeStore store) {
        this.store = store;
    }

    /** Learns again of the nodes that were known before; they are away until they connect. */
    public void load() {
        var stored = store.load();
        locked(() -> {
            stored.forEach(node -> known.putIfAbsent(node.name(), node));
            return true;
        });
    }

    /**
     * A node's stream is open.
     *
     * @return the number of the stream, for {@link #disconnected}
     */
    public long connected(KnownNode node) {
        store.save(node, Instant.now());
        return locked(() -> {
            known.put(node.name(), node);
            connected.put(node.name(), ++streams);
            changed.signalAll();
            return streams;
        });
    }

    public void disconnected(String node, long stream) {
        locked(() -> {
            if (connected.remove(node, stream)) {
                awaySince.put(node, System.nanoTime());
            }
            return true;
        });
    }

    public boolean ready(String node) {
        return locked(() -> connected.containsKey(node));
    }

    /** For how long its agent has not been connected, as far as this scheduler knows. */
    public Duration away(String node) {
        return locked(() -> connected.containsKey(node)
                ? Duration.ZERO
                : Duration.ofNanos(System.nanoTime() - awaySince.getOrDefault(node, born)));
    }

    /** Waits until the node is ready, or the limit is over. */
    public boolean awaitReady(String node, Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = limit.toNanos();
            while (!connected.containsKey(node) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return connected.containsKey(node);
        } finally {
            lock.unlock();
        }
    }

    public Optional<KnownNode> find(String node) {
        return locked(() -> Optional.ofNullable(known.get(node)));
    }

    /** @throws dev.gantry.contracts.error.GantryException NODE_AWAY for a node that nobody has heard of */
    public KnownNode get(String node) {
        return find(node).orElseThrow(() -> ErrorCode.NODE_AWAY.with(node, "it has never said hello"));
    }

    public List<KnownNode> all() {
        return locked(() -> known.values().stream()
                .sorted(java.util.Comparator.comparing(KnownNode::name))
                .toList());
    }

    @Override
    public List<Candidate> candidates(Map<String, Integer> containersByNode) {
        return all().stream()
                .map(node -> new Candidate(
                        node.name(),
                        ready(node.name()),
                        node.facts().platform(),
                        containersByNode.getOrDefault(node.name(), 0),
                        node.facts().memoryBytes()))
                .toList();
    }

    @Override
    public NodeFacts facts(String node) {
        return find(node).map(KnownNode::facts).orElseGet(() -> DockerJson.empty(NodeFacts.class));
    }

    private <T> T locked(java.util.function.Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
