package dev.gantry.scheduler.rpc;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.scheduler.lifecycle.ActiveScheduler;
import dev.gantry.scheduler.node.NodeRegistry;
import dev.gantry.scheduler.store.DatabaseStore;
import dev.gantry.service.tracing.TraceCarrier;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * At most one scheduler is active: the one whose session holds the advisory lock. The others stand by and try again every half
 * second. Losing the session, or doubting a commit, ends the active one; everything is loaded again under a new lock.
 */
@ApplicationScoped
public class Leadership {
    private static final Logger LOG = Logger.getLogger(Leadership.class);
    private static final long LOCK = 0x7363686564L; // "sched"
    private static final Duration STANDBY_POLL = Duration.ofMillis(500);
    private static final Duration SESSION_CHECK = Duration.ofSeconds(1);
    private static final int LAST = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AgroalDataSource database;
    private final DatabaseStore store;
    private final Remotes remotes;
    private final NodeRegistry nodes;
    private final TraceCarrier traces;
    private final Semaphore wake = new Semaphore(0);
    private volatile CompletableFuture<ActiveScheduler> active = new CompletableFuture<>();
    private volatile boolean doubted;
    private volatile boolean stopped;
    private Optional<Thread> thread = Optional.empty();

    Leadership(
            @DataSource("scheduler") AgroalDataSource database,
            DatabaseStore store,
            Remotes remotes,
            NodeRegistry nodes,
            TraceCarrier traces) {
        this.traces = traces;
        this.database = database;
        this.store = store;
        this.remotes = remotes;
        this.nodes = nodes;
    }

    /** Last of all: what is taken up at once may need services that live in this process. */
    void start(@Observes @Priority(LAST) StartupEvent event) {
        store.onDoubt(this::doubt);
        thread = Optional.of(Thread.ofVirtual().name("scheduler-leadership").start(this::run));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        wake.release();
        if (thread.isPresent()) {
            thread.get().join(Duration.ofSeconds(5));
        }
    }

    private void doubt() {
        doubted = true;
        wake.release();
    }

    /** The active scheduler of this process; waits a little for one that is just taking over. */
    public ActiveScheduler active() {
        try {
            return active.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw ErrorCode.SERVICE_AWAY
                    .with("the scheduler", "another instance is active, or its database is away")
                    .causedBy(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ErrorCode.SERVICE_AWAY.with("the scheduler", "interrupted").causedBy(e);
        }
    }

    boolean isActive() {
        return active.isDone();
    }

    private void run() {
        while (!stopped) {
            try {
                if (!leadOnce()) {
                    wake.tryAcquire(STANDBY_POLL.toMillis(), TimeUnit.MILLISECONDS);
                }
            } catch (SQLException | RuntimeException e) {
                LOG.warnf("scheduler: not active: %s", e.getMessage());
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(STANDBY_POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false when somebody else leads */
    private boolean leadOnce() throws SQLException, InterruptedException {
        try (var session = database.getConnection()) {
            if (!ask(session, "select pg_try_advisory_lock(?)")) {
                return false;
            }
            try {
                lead(session);
            } finally {
                release(session);
            }
        }
        return true;
    }

    private void lead(Connection session) throws SQLException, InterruptedException {
        doubted = false;
        nodes.load();
        try (var scheduler =
                ActiveScheduler.open(store, remotes, nodes, InstantSource.system(), new SecureRandom(), traces)) {
            LOG.info("scheduler: active");
            active.complete(scheduler);
            while (!stopped && !doubted && session.isValid((int) SESSION_CHECK.toSeconds())) {
                wake.tryAcquire(SESSION_CHECK.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            active = new CompletableFuture<>();
        }
        LOG.info("scheduler: not active any more");
    }

    /** The pool would keep the session, and with it the lock. */
    private static void release(Connection session) {
        try {
            ask(session, "select pg_advisory_unlock(?)");
        } catch (SQLException sessionIsGone) {
            LOG.debugf("the lock ended with its session: %s", sessionIsGone.getMessage());
        }
    }

    private static boolean ask(Connection session, String sql) throws SQLException {
        try (var statement = session.prepareStatement(sql)) {
            statement.setLong(1, LOCK);
            try (var result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }
}
