package dev.gantry.gateway.containers;

import com.google.protobuf.ByteString;
import dev.gantry.gateway.api.RawConnection;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Carries what the client sends to the process, one read at a time, for as long as both are there. The end of stdin is not the end of the
 * session: output goes on. Where stdin is not attached its bytes are read and dropped, to see the client leave.
 */
final class Stdin implements Runnable {
    private static final Logger LOG = Logger.getLogger(Stdin.class);

    private final RawConnection connection;
    private final Session<?> session;
    private final boolean attached;
    private final Optional<DetachScan> terminal;
    private final Detached detached;

    /** What is done when the client typed the keys. */
    interface Detached {
        void run() throws IOException, InterruptedException;
    }

    private Stdin(
            RawConnection connection,
            Session<?> session,
            boolean attached,
            Optional<DetachScan> terminal,
            Detached detached) {
        this.connection = connection;
        this.session = session;
        this.attached = attached;
        this.terminal = terminal;
        this.detached = detached;
    }

    /** @param attached whether anybody wants the bytes */
    static Stdin pipe(RawConnection connection, Session<?> session, boolean attached) {
        return new Stdin(connection, session, attached, Optional.empty(), () -> {});
    }

    /** A terminal has no end of input, and keys that leave it. */
    static Stdin terminal(
            RawConnection connection, Session<?> session, boolean attached, DetachKeys keys, Detached detached) {
        return new Stdin(connection, session, attached, Optional.of(new DetachScan(keys)), detached);
    }

    void start(String name) {
        Thread.ofVirtual().name("stdin " + name).start(this);
    }

    @Override
    public void run() {
        try {
            for (var bytes = connection.read(); bytes != null; bytes = connection.read()) {
                if (attached && !pass(bytes)) {
                    return;
                }
            }
            if (attached) {
                end();
            }
        } catch (IOException | StatusException | StatusRuntimeException over) {
            LOG.debugf("stdin ended with its session: %s", over.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            session.inputOver();
        }
    }

    /** @return whether the client is still attached */
    private boolean pass(ByteString bytes) throws StatusException, IOException, InterruptedException {
        if (terminal.isEmpty()) {
            session.write(bytes);
            return true;
        }
        send(terminal.get().pass(bytes));
        if (terminal.get().found()) {
            detached.run();
            return false;
        }
        return true;
    }

    private void end() throws StatusException, InterruptedException {
        if (terminal.isPresent()) {
            send(terminal.get().rest());
        } else {
            session.endStdin();
        }
    }

    private void send(ByteString bytes) throws StatusException, InterruptedException {
        if (!bytes.isEmpty()) {
            session.write(bytes);
        }
    }
}
