package dev.gantry.gateway.containers;

import static dev.gantry.gateway.backend.Asking.askNode;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ConsoleSize;
import dev.gantry.contracts.docker.container.ExecStartConfig;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.ContainerLocation;
import dev.gantry.contracts.rpc.CreateExecRequest;
import dev.gantry.contracts.rpc.ExecInput;
import dev.gantry.contracts.rpc.ExecOpen;
import dev.gantry.gateway.api.Answer;
import dev.gantry.gateway.api.Call;
import dev.gantry.gateway.api.RawConnection;
import dev.gantry.gateway.api.Work;
import dev.gantry.gateway.backend.Backends;
import dev.gantry.service.rpc.RpcErrors;
import io.grpc.StatusException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Running an exec: detached it is a plain request, attached it takes the connection over. Then an exec that cannot be run is told on the stream,
 * behind a head that says all is well; only an exec that is not there is an error of HTTP.
 */
public final class ExecStart {
    private static final Set<ErrorCode> OF_THE_REQUEST = EnumSet.of(
            ErrorCode.NO_SUCH_EXEC,
            ErrorCode.NO_SUCH_CONTAINER,
            ErrorCode.NOT_RUNNING,
            ErrorCode.PAUSED_EXEC,
            ErrorCode.INVALID_PARAMETER,
            ErrorCode.FORBIDDEN,
            ErrorCode.NODE_AWAY,
            ErrorCode.SERVICE_AWAY,
            ErrorCode.TIMED_OUT);
    private static final ByteString LEFT =
            ByteString.copyFromUtf8("exec attach failed: error on attach stdin: read escape sequence\r\n");
    private static final int FRAME_HEADER = 8;
    private static final byte STDOUT = 1;

    private final Backends backends;

    public ExecStart(Backends backends) {
        this.backends = backends;
    }

    public Work work() {
        return new Work.BodyDecides(call -> !config(call).detach(), this::attached, this::detached);
    }

    private static ExecStartConfig config(Call call) {
        var json = call.json();
        return json.length == 0
                ? DockerJson.empty(ExecStartConfig.class)
                : DockerJson.read(json, ExecStartConfig.class);
    }

    private Answer detached(Call call) throws InterruptedException {
        var container = Located.exec(backends, call.name());
        var exec = Execs.state(backends, container, call.name()).getConfig();
        var session = session(container);
        try {
            open(container, session, opening(call, config(call), exec));
            return new Answer.Bare(200);
        } finally {
            session.cancel("detached");
        }
    }

    private void attached(Call call, RawConnection connection) throws IOException, InterruptedException {
        ContainerLocation container;
        CreateExecRequest exec;
        try {
            container = Located.exec(backends, call.name());
            exec = Execs.state(backends, container, call.name()).getConfig();
        } catch (GantryException refused) {
            connection.refuse(refused);
            return;
        }
        var session = session(container);
        connection.whenGone(() -> session.abandon("the client is gone"));
        try {
            attach(call, connection, new Running(container, exec, session));
        } finally {
            session.abandon("the session is over");
        }
    }

    private record Running(ContainerLocation container, CreateExecRequest exec, Session<ExecInput> session) {}

    private void attach(Call call, RawConnection connection, Running running) throws IOException, InterruptedException {
        var wish = config(call);
        var head = StreamType.head(call, connection.upgrade(), wish.tty(), connection.engineHeaders());
        try {
            open(running.container(), running.session(), opening(call, wish, running.exec()));
        } catch (GantryException failure) {
            if (OF_THE_REQUEST.contains(failure.code())) {
                connection.refuse(failure);
            } else {
                connection.write(head.concat(told(failure, wish.tty())));
            }
            return;
        }
        connection.write(head);
        stdin(connection, running).start(call.name());
        copyOutput(connection, running, wish.tty());
    }

    private static Stdin stdin(RawConnection connection, Running running) {
        var exec = running.exec();
        if (!exec.getTty()) {
            return Stdin.pipe(connection, running.session(), exec.getStdin());
        }
        var keys = DetachKeys.parse(exec.getDetachKeys()).orElse(DetachKeys.DEFAULT);
        return Stdin.terminal(connection, running.session(), exec.getStdin(), keys, () -> {
            connection.write(LEFT);
            running.session().leave("the client typed the detach keys");
        });
    }

    private static void copyOutput(RawConnection connection, Running running, boolean raw)
            throws IOException, InterruptedException {
        var session = running.session();
        // a client that did not ask for a terminal's stream reads frames, also of a terminal
        var framed = running.exec().getTty() && !raw;
        try {
            for (var bytes = session.read(); bytes != null; bytes = session.read()) {
                connection.write(framed ? frame(bytes) : bytes);
            }
        } catch (StatusException ended) {
            if (ended.getStatus().getCode() != io.grpc.Status.Code.CANCELLED) {
                connection.write(
                        told(RpcErrors.from(ended, "node " + running.container().getNode()), raw));
            }
        }
    }

    private static ByteString told(GantryException failure, boolean raw) {
        var text = ByteString.copyFrom(failure.getMessage() + "\r\n", StandardCharsets.UTF_8);
        return raw ? text : frame(text);
    }

    private static ByteString frame(ByteString bytes) {
        var header = java.nio.ByteBuffer.allocate(FRAME_HEADER).put(0, STDOUT).putInt(Integer.BYTES, bytes.size());
        return ByteString.copyFrom(header).concat(bytes);
    }

    private static ExecInput opening(Call call, ExecStartConfig wish, CreateExecRequest exec) {
        var size = Objects.requireNonNullElse(
                call.before(42) ? null : wish.consoleSize(), new ConsoleSize(exec.getHeight(), exec.getWidth()));
        var open = ExecOpen.newBuilder()
                .setExec(call.name())
                .setDetach(wish.detach())
                .setTty(exec.getTty());
        if (exec.getTty()) {
            open.setHeight(size.height()).setWidth(size.width());
        }
        return ExecInput.newBuilder().setOpen(open).build();
    }

    private static void open(ContainerLocation container, Session<ExecInput> session, ExecInput opening)
            throws InterruptedException {
        askNode(container, () -> session.open(opening));
    }

    private Session<ExecInput> session(ContainerLocation container) {
        return Session.exec(backends.agent(container));
    }
}
