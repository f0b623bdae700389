package dev.gantry.scheduler.store;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.scheduler.node.KnownNode;
import dev.gantry.scheduler.node.NodeStore;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Nodes as rows. */
@ApplicationScoped
class NodeRows implements PanacheRepositoryBase<NodeRow, String>, NodeStore {
    @Override
    public List<KnownNode> load() {
        return QuarkusTransaction.requiringNew()
                .call(() -> listAll().stream().map(NodeRows::node).toList());
    }

    private static KnownNode node(NodeRow row) {
        return new KnownNode(row.name, row.host, row.port, DockerJson.read(row.facts, NodeFacts.class));
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
            row.seenAt = seen;
            persist(row);
        });
    }
}
