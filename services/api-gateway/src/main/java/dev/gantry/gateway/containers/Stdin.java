package dev.gantry.gateway.containers;

import dev.gantry.contracts.rpc.AttachInput;
import dev.gantry.gateway.api.RawConnection;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import org.jboss.logging.Logger;

/**
 * Carries what the client sends to the container, one read at a time, for as long as both are there. The end of stdin is not the end of the
 * session: output goes on. Where stdin is not attached its bytes are read and dropped, to see the client leave.
 */
final class Stdin implements Runnable {
    private static final Logger LOG = Logger.getLogger(Stdin.class);

    private final RawConnection connection;
    private final BlockingClientCall<AttachInput, ?> session;
    private final boolean attached;

    Stdin(RawConnection connection, BlockingClientCall<AttachInput, ?> session, boolean attached) {
        this.connection = connection;
        this.session = session;
        this.attached = attached;
    }

    @Override
    public void run() {
        try {
            for (var bytes = connection.read(); bytes != null; bytes = connection.read()) {
                send(AttachInput.newBuilder().setStdin(bytes).build());
            }
            send(AttachInput.newBuilder()
                    .setStdinClosed(AttachInput.StdinClosed.getDefaultInstance())
                    .build());
        } catch (IOException | StatusException | StatusRuntimeException over) {
            LOG.debugf("stdin ended with its session: %s", over.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(AttachInput input) throws StatusException, InterruptedException {
        if (attached) {
            session.write(input);
        }
    }
}
