package dev.gantry.gateway.containers;

import static dev.gantry.gateway.backend.Asking.ask;
import static dev.gantry.gateway.backend.Asking.askNode;
import static dev.gantry.gateway.backend.Asking.within;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.AttachInput;
import dev.gantry.contracts.rpc.AttachOpen;
import dev.gantry.contracts.rpc.AttachOutput;
import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.contracts.rpc.ContainerQuery;
import dev.gantry.contracts.rpc.ContainersGrpc;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.api.RawConnection;
import dev.gantry.gateway.backend.Asking;
import dev.gantry.gateway.backend.Backends;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Attaching to a container. The head goes out only when the node's agent has the session, so no byte of a container that
 * is started next can be missed; stdin that comes before the start waits in the agent and, behind it, in flow control.
 */
public final class Attach {
    private final Backends backends;

    public Attach(Backends backends) {
        this.backends = backends;
    }

    public void serve(Call call, RawConnection connection) throws IOException, InterruptedException {
        try {
            attach(call, connection);
        } catch (GantryException refused) {
            connection.write(refusal(refused));
        }
    }

    private void attach(Call call, RawConnection connection) throws IOException, InterruptedException {
        var container = locate(call.name());
        var open = open(call, container);
        refuseUnattachable(container);
        var session = AgentGrpc.newBlockingV2Stub(backends.agent(container)).attach();
        connection.whenGone(() -> session.cancel("the client is gone", null));
        try {
            askNode(container, () -> opened(session, open));
            connection.write(head(call, connection.upgrade(), container.getTty()));
            Thread.ofVirtual()
                    .name("stdin " + container.getId())
                    .start(new Stdin(connection, session, open.getStdin()));
            copyOutput(session, connection);
        } finally {
            session.cancel("the session is over", null);
        }
    }

    private static void copyOutput(BlockingClientCall<AttachInput, AttachOutput> session, RawConnection connection)
            throws IOException, InterruptedException {
        // after the head an error has no place to go: the stream just ends
        for (var output = next(session); output != null; output = next(session)) {
            if (output.hasBytes()) {
                connection.write(output.getBytes());
            }
        }
    }

    private static @org.jspecify.annotations.Nullable AttachOutput next(
            BlockingClientCall<AttachInput, AttachOutput> session) throws InterruptedException {
        try {
            return session.read();
        } catch (StatusException ended) {
            return null;
        }
    }

    private static AttachOutput opened(BlockingClientCall<AttachInput, AttachOutput> session, AttachOpen open)
            throws StatusException, InterruptedException {
        session.write(AttachInput.newBuilder().setOpen(open).build());
        try {
            var ready = session.read(Asking.QUERY.toSeconds(), TimeUnit.SECONDS);
            if (ready == null || !ready.hasReady()) {
                throw ErrorCode.INTERNAL.with("the agent ended an attach session before it was ready");
            }
            return ready;
        } catch (TimeoutException late) {
            throw ErrorCode.TIMED_OUT.with("the agent").causedBy(late);
        }
    }

    private static AttachOpen open(Call call, ContainerLocation container) {
        var query = call.query();
        var stdin = query.flag("stdin") && container.getOpenStdin();
        return AttachOpen.newBuilder()
                .setContainer(container.getId())
                .setDetachKeys(DetachKeys.check(query.text("detachKeys"), container.getDetachKeys()))
                .setStream(query.flag("stream"))
                .setLogs(query.flag("logs"))
                .setStdin(stdin)
                .setStdinOnce(stdin && container.getStdinOnce())
                .setStdout(query.flag("stdout"))
                .setStderr(query.flag("stderr"))
                .setTty(container.getTty())
                .build();
    }

    private static void refuseUnattachable(ContainerLocation container) {
        switch (container.getState()) {
            case "paused" ->
                throw ErrorCode.CONFLICT.with(
                        "container " + container.getId() + " is paused, unpause the container before attach");
            case "restarting" ->
                throw ErrorCode.CONFLICT.with(
                        "container " + container.getId() + " is restarting, wait until the container is running");
            default -> {}
        }
    }

    private ContainerLocation locate(String reference) throws InterruptedException {
        var query = ContainerQuery.newBuilder().setReference(reference).build();
        return ask(
                Asking.SCHEDULER,
                () -> within(Asking.QUERY, ContainersGrpc.newBlockingStub(backends.scheduler()))
                        .locate(query));
    }

    /** Without an upgrade the type is raw-stream whatever the bytes are, as clients of old expect. */
    private static ByteString head(Call call, boolean upgrade, boolean tty) {
        return ByteString.copyFromUtf8(
                upgrade
                        ? "HTTP/1.1 101 UPGRADED\r\nContent-Type: " + StreamType.of(call, tty)
                                + "\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"
                        : "HTTP/1.1 200 OK\r\nContent-Type: " + StreamType.RAW + "\r\n\r\n");
    }

    private static ByteString refusal(GantryException refused) {
        var status = HttpResponseStatus.valueOf(refused.code().httpStatus());
        return ByteString.copyFromUtf8("HTTP/1.1 " + status + "\r\nContent-Type: " + StreamType.RAW + "\r\n\r\n"
                + refused.getMessage() + "\r\n");
    }
}
