package dev.gantry.scheduler.store;

import dev.gantry.scheduler.lifecycle.ContainerStore.Owed;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What nodes owe. Every method wants a transaction. */
@ApplicationScoped
class OwedReleaseRows implements PanacheRepositoryBase<OwedReleaseRow, String> {
    List<Owed> of(String node) {
        return list("node", node).stream()
                .map(row -> new Owed(row.container, row.generation))
                .toList();
    }

    void settled(Owed owed) {
        deleteById(owed.container());
    }
}
