package dev.gantry.network.endpoint;

import dev.gantry.network.port.PublishedPort;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A row of {@code published_port}, read only: {@link EndpointStatements} changes it. */
@Entity(name = "NetworkPublishedPort")
@Table(name = "published_port")
@Immutable
class PublishedPortRow {
    /** A port of a host is published once. */
    @Embeddable
    record Key(
            String node,
            String protocol,
            @Column(name = "host_port") int hostPort,
            @Column(name = "host_address") String hostAddress) {}

    @EmbeddedId
    Key key = new Key("", "", 0, "");

    @Column(name = "container_port", nullable = false)
    int containerPort;

    @Column(name = "container_id", nullable = false)
    String containerId = "";

    @Column(name = "network_id", nullable = false)
    String networkId = "";

    PublishedPort port() {
        return new PublishedPort(key.protocol(), key.hostAddress(), key.hostPort(), containerPort);
    }
}
