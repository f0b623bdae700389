package dev.gantry.scheduler.store;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
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
    private final SchedulerEvents events;
    private volatile Runnable doubt = () -> {};

    DatabaseStore(ContainerRows rows, SchedulerEvents events) {
        this.rows = rows;
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
        commit(created.after().id(), () -> {
            rows.insert(created.after());
            events.outbox().append(ContainerEvents.of(created));
        });
    }

    @Override
    public void update(long before, Change change) {
        commit(change.after().id(), () -> {
            if (!rows.update(before, change.after())) {
                throw new IllegalStateException("row is not at version " + before);
            }
            events.outbox().append(ContainerEvents.of(change));
        });
    }

    @Override
    public void delete(long before, Change gone) {
        commit(gone.after().id(), () -> {
            if (!rows.delete(before, gone.after())) {
                throw new IllegalStateException("row is not at version " + before);
            }
            events.outbox().append(ContainerEvents.last(gone));
        });
    }

    @Override
    public void tell(Fact fact) {
        commit("-", () -> events.outbox().append(ContainerEvents.alone(fact)));
    }

    private void commit(String id, Runnable work) {
        try {
            QuarkusTransaction.requiringNew().run(work);
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
