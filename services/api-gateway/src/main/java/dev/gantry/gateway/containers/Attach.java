package dev.gantry.gateway.containers;

import static dev.gantry.gateway.backend.Asking.askNode;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.AttachInput;
import dev.gantry.contracts.rpc.AttachOpen;
import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.api.RawConnection;
import dev.gantry.gateway.backend.Backends;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.util.Map;

/**
 * Attaching to a container. The head goes out only when the node's agent has the session, so no byte of a container that
 * is started next can be missed; stdin that comes before the start waits in the agent and, behind it, in flow control.
 */
public final class Attach {
    private final Backends backends;
    private final Notes notes;

    public Attach(Backends backends) {
        this.backends = backends;
        this.notes = new Notes(backends);
    }

    public void serve(Call call, RawConnection connection) throws IOException, InterruptedException {
        try {
            attach(call, connection);
        } catch (GantryException refused) {
            connection.write(refusal(refused));
        }
    }

    private void attach(Call call, RawConnection connection) throws IOException, InterruptedException {
        var container = Located.container(backends, call.name());
        var keys = keys(call.query().text("detachKeys"));
        refuseUnattachable(container);
        var open = open(call, container);
        var session = Session.attach(backends.agent(container));
        var output = new AttachedOutput(backends, connection, open, session);
        connection.whenGone(output::cancel);
        try {
            askNode(
                    container,
                    () -> session.open(AttachInput.newBuilder().setOpen(open).build()));
            notes.take(container, "attach", Map.of());
            connection.write(StreamType.head(call, connection.upgrade(), container.getTty(), ""));
            stdin(connection, session, container, open.getStdin(), keys).start(container.getId());
            output.copy();
        } finally {
            output.close();
        }
    }

    private Stdin stdin(
            RawConnection connection,
            Session<?> session,
            ContainerLocation container,
            boolean attached,
            DetachKeys keys) {
        if (!container.getTty()) {
            return Stdin.pipe(connection, session, attached);
        }
        return Stdin.terminal(connection, session, attached, keys, () -> {
            session.leave("the client typed the detach keys");
            notes.takeInTheEnd(container, "detach");
        });
    }

    private static DetachKeys keys(String text) {
        return DetachKeys.parse(text)
                .orElseThrow(() -> ErrorCode.INVALID_PARAMETER.with("Invalid detach keys (" + text + ") provided"));
    }

    private static AttachOpen open(Call call, ContainerLocation container) {
        var query = call.query();
        var stdin = query.flag("stdin") && container.getOpenStdin();
        return AttachOpen.newBuilder()
                .setContainer(container.getId())
                .setStream(query.flag("stream"))
                .setLogs(query.flag("logs"))
                .setStdin(stdin)
                // a terminal outlives who sits at it
                .setStdinOnce(stdin && container.getStdinOnce() && !container.getTty())
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

    private static ByteString refusal(GantryException refused) {
        var status = HttpResponseStatus.valueOf(refused.code().httpStatus());
        return ByteString.copyFromUtf8("HTTP/1.1 " + status + "\r\nContent-Type: " + StreamType.RAW + "\r\n\r\n"
                + refused.getMessage() + "\r\n");
    }
}
