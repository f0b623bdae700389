package dev.gantry.network.endpoint;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A row of {@code endpoint}, read only: {@link EndpointStatements} changes it. */
@Entity(name = "NetworkEndpoint")
@Table(name = "endpoint")
@Immutable
class EndpointRow {
    /** One endpoint per container and network. */
    @Embeddable
    record Key(
            @Column(name = "container_id") String containerId,
            @Column(name = "network_id") String networkId) {}

    @EmbeddedId
    Key key = new Key("", "");

    @Column(name = "container_name", nullable = false)
    String containerName = "";

    @Column(nullable = false)
    String node = "";

    @Column(name = "endpoint_id", nullable = false)
    String endpointId = "";

    @Column(name = "sandbox_id", nullable = false)
    String sandboxId = "";

    @Column(nullable = false)
    long address;

    @Column(nullable = false)
    String mac = "";
}
