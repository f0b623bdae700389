package dev.gantry.scheduler.store;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.event.ObjectKind;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.events.outbox.OutboxRecord;
import dev.gantry.scheduler.node.KnownNode;
import dev.gantry.scheduler.node.NodeStore;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Nodes as rows, each told to the log as it is. */
@ApplicationScoped
class NodeRows implements PanacheRepositoryBase<NodeRow, String>, NodeStore {
    private final SchedulerEvents events;

    NodeRows(SchedulerEvents events) {
        this.events = events;
    }

    @Override
    public List<KnownNode> load() {
        return QuarkusTransaction.requiringNew()
                .call(() -> listAll().stream().map(NodeRows::node).toList());
    }

    private static KnownNode node(NodeRow row) {
        return new KnownNode(row.name, row.host, row.port, DockerJson.read(row.facts, NodeFacts.class), row.boot);
    }

    @Override
    public void save(KnownNode node, Instant seen) {
        QuarkusTransaction.requiringNew().run(() -> {
            var row = findByIdOptional(node.name()).orElseGet(() -> {
                var made = new NodeRow();
                made.name = node.name();
                return made;
            });
            row.host = node.host();
            row.port = node.port();
            row.facts = DockerJson.writeText(node.facts());
            row.boot = node.boot();
            row.seenAt = seen;
            persist(row);
            events.outbox().append(state(node, seen));
        });
    }

    /** The time is the version: nothing else of a node counts. */
    private static OutboxRecord state(KnownNode node, Instant seen) {
        var nanos = Math.addExact(Math.multiplyExact(seen.getEpochSecond(), 1_000_000_000L), seen.getNano());
        var json = DockerJson.writeText(new NodeSnapshot(node.name(), node.host(), node.port(), node.facts(), seen));
        return OutboxRecord.state(ObjectKind.NODE, node.name(), nanos, seen, json);
    }
}
