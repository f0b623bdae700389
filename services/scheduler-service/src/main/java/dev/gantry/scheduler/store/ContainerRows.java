package dev.gantry.scheduler.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.rpc.ResolvedImage;
import dev.gantry.events.outbox.OneStatement;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.Spec;
import dev.gantry.scheduler.container.Status;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Containers as rows: read by Hibernate, once per start of the scheduler; changed by one statement each. */
@ApplicationScoped
class ContainerRows implements PanacheRepositoryBase<ContainerRow, String> {
    private static final String INSERT =
            "insert into container (id, name, node, image_id, phase, version, image, spec, status)"
                    + " values (?, ?, ?, ?, ?, ?, ?, cast(? as jsonb), cast(? as jsonb))";
    private static final String UPDATE = "update container set name = ?, phase = ?, version = ?,"
            + " status = cast(? as jsonb) where id = ? and version = ?";
    private static final String RESPECIFY = "update container set name = ?, phase = ?, version = ?,"
            + " status = cast(? as jsonb), spec = cast(? as jsonb) where id = ? and version = ?";
    private static final String OWE =
            "insert into owed_release (container, node, generation) select ?, ?, ? from changed";
    private static final String DELETE = "delete from container where id = ? and version = ?";

    List<Container> all() {
        return listAll().stream().map(ContainerRows::container).toList();
    }

    private static Container container(ContainerRow row) {
        try {
            return new Container(
                    row.id,
                    row.name,
                    row.node,
                    DockerJson.read(row.spec, Spec.class),
                    ResolvedImage.parseFrom(row.image),
                    DockerJson.read(row.status, Status.class));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("row of container " + row.id + ": image", e);
        }
    }

    static OneStatement insert(Container container) {
        return new OneStatement(
                INSERT,
                List.of(
                        container.id(),
                        container.name(),
                        container.node(),
                        container.spec().imageId(),
                        container.status().phase(),
                        container.status().version(),
                        container.image().toByteArray(),
                        DockerJson.writeText(container.spec()),
                        DockerJson.writeText(container.status())));
    }

    /** Meets the row only when it is at that version. What was specified is written only when it has changed: it is the larger half. */
    @SuppressWarnings(
            "ReferenceEquality") // one that was not replaced is the same object; to compare it would cost as much as to
    // write it
    static OneStatement update(Container before, Container container) {
        return before.spec() == container.spec() ? status(before, container) : whole(before, container);
    }

    private static OneStatement whole(Container before, Container container) {
        return new OneStatement(
                RESPECIFY,
                List.of(
                        container.name(),
                        container.status().phase(),
                        container.status().version(),
                        DockerJson.writeText(container.status()),
                        DockerJson.writeText(container.spec()),
                        container.id(),
                        before.status().version()));
    }

    private static OneStatement status(Container before, Container container) {
        return new OneStatement(
                UPDATE,
                List.of(
                        container.name(),
                        container.status().phase(),
                        container.status().version(),
                        DockerJson.writeText(container.status()),
                        container.id(),
                        before.status().version()));
    }

    /** As {@link #update}. */
    static OneStatement delete(long before, Container container) {
        return new OneStatement(DELETE, List.of(container.id(), before));
    }

    /** As {@link #update}, with the release that its node owes. */
    static OneStatement deleteOwing(long before, Container container) {
        return delete(before, container)
                .and(
                        OWE,
                        List.of(
                                container.id(),
                                container.node(),
                                container.status().generation()));
    }
}
