package dev.gantry.network.endpoint;

import dev.gantry.network.address.BridgeSubnet;
import dev.gantry.network.address.Subnet;
import dev.gantry.network.port.PublishedPort;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Reads everything from the database: at first use, and whenever memory is in doubt. */
@ApplicationScoped
class LedgerReader implements PanacheRepositoryBase<NetworkRow, String> {
    private static final Logger LOG = Logger.getLogger(LedgerReader.class);

    private final BridgeSubnet bridge;

    LedgerReader(BridgeSubnet bridge) {
        this.bridge = bridge;
    }

    Ledger read() {
        return QuarkusTransaction.requiringNew().call(() -> {
            var endpoints = endpoints(ports());
            return new Ledger(listAll().stream()
                    .map(row -> membership(row, endpoints.getOrDefault(row.id, List.of())))
                    .toList());
        });
    }

    private Membership membership(NetworkRow row, List<Endpoint> endpoints) {
        if (row.driver.equals("bridge") && row.subnet.isEmpty()) {
            row.subnet = bridge.choose().toString();
            LOG.infof("network %s: gives addresses of %s", row.name, row.subnet);
        }
        var subnet = Optional.of(row.subnet).filter(text -> !text.isEmpty()).map(Subnet::parse);
        var held = new Membership(
                new Network(row.id, row.name, row.driver, row.createdAt, subnet),
                new Membership.Moment(row.version, row.lastEvent));
        endpoints.forEach(held::add);
        return held;
    }

    private Map<EndpointRow.Key, List<PublishedPort>> ports() {
        return getEntityManager()
                .createQuery("from NetworkPublishedPort", PublishedPortRow.class)
                .getResultStream()
                .collect(Collectors.groupingBy(
                        row -> new EndpointRow.Key(row.containerId, row.networkId),
                        Collectors.mapping(PublishedPortRow::port, Collectors.toList())));
    }

    private Map<String, List<Endpoint>> endpoints(Map<EndpointRow.Key, List<PublishedPort>> ports) {
        return getEntityManager()
                .createQuery("from NetworkEndpoint order by key.containerId", EndpointRow.class)
                .getResultStream()
                .collect(Collectors.groupingBy(
                        row -> row.key.networkId(),
                        Collectors.mapping(
                                row -> endpoint(row, ports.getOrDefault(row.key, List.of())), Collectors.toList())));
    }

    private static Endpoint endpoint(EndpointRow row, List<PublishedPort> ports) {
        return new Endpoint(
                row.key.containerId(),
                row.containerName,
                row.node,
                row.endpointId,
                row.sandboxId,
                row.address,
                row.mac,
                ports.stream().sorted(PublishedPort.ORDER).toList());
    }
}
