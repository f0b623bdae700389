package dev.gantry.gateway.containers;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.AttachInput;
import dev.gantry.contracts.rpc.AttachOpen;
import dev.gantry.contracts.rpc.SpoolPlace;
import dev.gantry.gateway.api.RawConnection;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import io.grpc.Status;
import io.grpc.StatusException;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Carries a container's output to one client. When the agent dies the container prints on, and what it printed is there when the agent is
 * back: the client is shown it from where his stream broke. Not so when he has the container's input, of which nobody knows what arrived.
 */
final class AttachedOutput implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AttachedOutput.class);

    /** How long an agent may be away. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Short: a container that ended meanwhile may be removed soon after its agent is back, and its output with it. */
    private static final long PAUSE_MILLIS = 50;

    private static final Set<ErrorCode> AWAY =
            EnumSet.of(ErrorCode.SERVICE_AWAY, ErrorCode.NODE_AWAY, ErrorCode.TIMED_OUT);

    private final Backends backends;
    private final RawConnection connection;
    private final AttachOpen open;
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile Session<AttachInput> session;

    /** @param session the first, already open */
    AttachedOutput(Backends backends, RawConnection connection, AttachOpen open, Session<AttachInput> session) {
        this.backends = backends;
        this.connection = connection;
        this.open = open;
        this.session = session;
    }

    /** The client has gone. */
    void cancel() {
        gone.countDown();
        session.abandon("the client is gone");
    }

    @Override
    public void close() {
        session.abandon("the session is over");
    }

    /** Returns at the end of the stream. After the head an error has no place to go: the stream just ends. */
    void copy() throws IOException, InterruptedException {
        while (!copySession()) {
            var place = session.place();
            if (open.getStdin() || place.isEmpty() || !resume(place.get())) {
                return;
            }
        }
    }

    /** @return false when the agent went away */
    private boolean copySession() throws IOException, InterruptedException {
        try {
            for (var bytes = session.read(); bytes != null; bytes = session.read()) {
                connection.write(bytes);
            }
            return true;
        } catch (StatusException ended) {
            return ended.getStatus().getCode() != Status.Code.UNAVAILABLE;
        }
    }

    /** @return whether the stream goes on */
    private boolean resume(SpoolPlace place) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && !gone.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            try {
                begin(place);
                return true;
            } catch (GantryException failure) {
                if (!AWAY.contains(failure.code())) {
                    LOG.debugf("container %s: its output ends here: %s", open.getContainer(), failure.getMessage());
                    return false;
                }
            }
        }
        return false;
    }

    private void begin(SpoolPlace place) throws InterruptedException {
        var container = Located.container(backends, open.getContainer());
        var next = Session.attach(backends.agent(container));
        next.inputOver(); // there is none
        session = next;
        if (gone.getCount() == 0) {
            next.cancel("the client is gone");
        }
        var resumed = open.toBuilder().setResume(place);
        var _ = Asking.askNode(
                container,
                () -> next.open(AttachInput.newBuilder().setOpen(resumed).build()));
    }
}
