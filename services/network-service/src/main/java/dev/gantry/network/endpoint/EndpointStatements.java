package dev.gantry.network.endpoint;

import dev.gantry.events.outbox.OneStatement;
import dev.gantry.network.port.PublishedPort;
import java.util.List;
import java.util.function.Function;

/** How endpoints come and go in the database: with their network's next version, or not at all. */
final class EndpointStatements {
    private static final String NEXT_VERSION =
            "update network set version = ?, last_event = ? where id = ? and version = ?";
    private static final String INSERT =
            "insert into endpoint (container_id, network_id, container_name, node, endpoint_id, sandbox_id, address,"
                    + " mac) select ?, ?, ?, ?, ?, ?, ?, ? from changed";
    private static final String PUBLISH = "insert into published_port"
            + " (node, protocol, host_address, host_port, container_port, container_id, network_id)"
            + " select ?, port.protocol, port.address, port.host, port.container, ?, ? from changed,"
            + " unnest(?::text[], ?::text[], ?::int[], ?::int[]) as port (protocol, address, host, container)";
    // the ports go with the endpoint: their foreign key cascades
    private static final String DELETE = "delete from endpoint using changed where container_id = ? and network_id = ?";

    private EndpointStatements() {}

    static OneStatement join(Membership held, Endpoint endpoint, Membership.Moment when) {
        var network = held.network().id();
        var join = next(held, when)
                .and(
                        INSERT,
                        List.of(
                                endpoint.container(),
                                network,
                                endpoint.containerName(),
                                endpoint.node(),
                                endpoint.id(),
                                endpoint.sandbox(),
                                endpoint.address(),
                                endpoint.mac()));
        return endpoint.ports().isEmpty() ? join : join.and(PUBLISH, ports(endpoint, network));
    }

    private static List<Object> ports(Endpoint endpoint, String network) {
        return List.of(
                endpoint.node(),
                endpoint.container(),
                network,
                column(endpoint, PublishedPort::protocol).toArray(String[]::new),
                column(endpoint, PublishedPort::hostAddress).toArray(String[]::new),
                column(endpoint, PublishedPort::hostPort).toArray(Integer[]::new),
                column(endpoint, PublishedPort::containerPort).toArray(Integer[]::new));
    }

    private static <T> List<T> column(Endpoint endpoint, Function<PublishedPort, T> value) {
        return endpoint.ports().stream().map(value).toList();
    }

    static OneStatement leave(Membership held, Endpoint endpoint, Membership.Moment when) {
        return next(held, when)
                .and(DELETE, List.of(endpoint.container(), held.network().id()));
    }

    private static OneStatement next(Membership held, Membership.Moment when) {
        return new OneStatement(
                NEXT_VERSION,
                List.of(
                        when.version(),
                        when.time(),
                        held.network().id(),
                        held.last().version()));
    }
}
