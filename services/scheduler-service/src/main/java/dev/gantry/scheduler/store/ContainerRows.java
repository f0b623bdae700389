package dev.gantry.scheduler.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.rpc.ResolvedImage;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.Spec;
import dev.gantry.scheduler.container.Status;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Containers as rows. Every method wants a transaction. */
@ApplicationScoped
class ContainerRows implements PanacheRepositoryBase<ContainerRow, String> {
    private static final String UPDATE = "update container set name = ?1, phase = ?2, version = ?3,"
            + " status = cast(?4 as jsonb) where id = ?5 and version = ?6";

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

    void insert(Container container) {
        var row = new ContainerRow();
        row.id = container.id();
        row.name = container.name();
        row.node = container.node();
        row.imageId = container.spec().imageId();
        row.phase = container.status().phase();
        row.version = container.status().version();
        row.image = container.image().toByteArray();
        row.spec = DockerJson.writeText(container.spec());
        row.status = DockerJson.writeText(container.status());
        persist(row);
    }

    /** @return whether the row was there at this version */
    boolean update(long before, Container container) {
        return getEntityManager()
                        .createNativeQuery(UPDATE)
                        .setParameter(1, container.name())
                        .setParameter(2, container.status().phase())
                        .setParameter(3, container.status().version())
                        .setParameter(4, DockerJson.writeText(container.status()))
                        .setParameter(5, container.id())
                        .setParameter(6, before)
                        .executeUpdate()
                == 1;
    }

    boolean delete(long before, Container container) {
        return delete("id = ?1 and version = ?2", container.id(), before) == 1;
    }
}
