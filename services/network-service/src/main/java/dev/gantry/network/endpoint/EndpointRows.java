package dev.gantry.network.endpoint;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Endpoints as rows. Every method wants a transaction. */
@ApplicationScoped
class EndpointRows implements PanacheRepositoryBase<EndpointRow, EndpointRow.Key> {
    List<EndpointRow> ofContainer(String container) {
        return list("key.containerId = ?1 order by key.networkId", container);
    }

    List<Network.Member> inNetwork(String network) {
        return list("key.networkId = ?1 order by key.containerId", network).stream()
                .map(row -> new Network.Member(row.key.containerId(), row.containerName, row.endpointId))
                .toList();
    }
}
