package dev.gantry.scheduler.store;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.events.outbox.OneStatement;
import dev.gantry.events.outbox.OutboxRecord;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.lifecycle.Change;
import dev.gantry.scheduler.lifecycle.ContainerStore;
import dev.gantry.scheduler.lifecycle.Fact;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Containers in PostgreSQL. A commit that failed may have happened nevertheless, so memory cannot be trusted after it: {@link
 * #onDoubt} hears of it and everything is loaded again.
 */
@ApplicationScoped
public class DatabaseStore implements ContainerStore {
    private static final Logger LOG = Logger.getLogger(DatabaseStore.class);

    private final ContainerRows rows;
    private final OwedReleaseRows owedRows;
    private final SchedulerEvents events;
    private volatile Runnable doubt = () -> {};

    DatabaseStore(ContainerRows rows, OwedReleaseRows owedRows, SchedulerEvents events) {
        this.rows = rows;
        this.owedRows = owedRows;
        this.events = events;
    }

    public void onDoubt(Runnable reload) {
        doubt = reload;
    }

    @Override
    public List<Container> load() {
        return QuarkusTransaction.requiringNew().call(rows::all);
    }

    @Override
    public void insert(Change created) {
        var container = created.after();
        commit(container.id(), () -> changed(ContainerRows.insert(container), ContainerEvents.of(created)));
    }

    @Override
    public void update(Container before, Change change) {
        var container = change.after();
        commit(container.id(), () -> changed(ContainerRows.update(before, container), ContainerEvents.of(change)));
    }

    @Override
    public void delete(long before, Change gone) {
        var container = gone.after();
        commit(container.id(), () -> changed(ContainerRows.delete(before, container), ContainerEvents.last(gone)));
    }

    @Override
    public void deleteOwing(long before, Change gone) {
        var container = gone.after();
        commit(container.id(), () -> changed(ContainerRows.deleteOwing(before, container), ContainerEvents.last(gone)));
    }

    @Override
    public List<Owed> owed(String node) {
        return QuarkusTransaction.requiringNew().call(() -> owedRows.of(node));
    }

    @Override
    public void settled(Owed owed) {
        QuarkusTransaction.requiringNew().run(() -> owedRows.settled(owed));
    }

    private void changed(OneStatement change, List<OutboxRecord> said) {
        if (!events.outbox().commit(change, said)) {
            throw new IllegalStateException("the row is not at the version that was decided on");
        }
    }

    @Override
    public void tell(Fact fact) {
        commit(
                "-",
                () -> QuarkusTransaction.requiringNew()
                        .run(() -> events.outbox().append(ContainerEvents.alone(fact))));
    }

    private void commit(String id, Runnable work) {
        try {
            work.run();
        } catch (GantryException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "container %s: commit failed, everything is loaded again", id);
            doubt.run();
            throw ErrorCode.SERVICE_AWAY
                    .with("the scheduler's database", "commit failed")
                    .causedBy(e);
        }
    }
}
