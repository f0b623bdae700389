package dev.gantry.gateway.containers;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.AttachInput;
import dev.gantry.contracts.rpc.AttachOutput;
import dev.gantry.contracts.rpc.ExecInput;
import dev.gantry.gateway.backend.Asking;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One interactive stream at a node's agent, of a container's first process or of an exec. One thread may write while another reads; both wait
 * for the other side, so no more is held than the transport's windows.
 */
final class Session<I> {
    private final BlockingClientCall<I, AttachOutput> call;
    private final Function<ByteString, I> stdin;
    private final I stdinClosed;

    private Session(BlockingClientCall<I, AttachOutput> call, Function<ByteString, I> stdin, I stdinClosed) {
        this.call = call;
        this.stdin = stdin;
        this.stdinClosed = stdinClosed;
    }

    static Session<AttachInput> attach(BlockingClientCall<AttachInput, AttachOutput> call) {
        var closed = AttachInput.newBuilder()
                .setStdinClosed(AttachInput.StdinClosed.getDefaultInstance())
                .build();
        return new Session<>(
                call, bytes -> AttachInput.newBuilder().setStdin(bytes).build(), closed);
    }

    static Session<ExecInput> exec(BlockingClientCall<ExecInput, AttachOutput> call) {
        var closed = ExecInput.newBuilder()
                .setStdinClosed(AttachInput.StdinClosed.getDefaultInstance())
                .build();
        return new Session<>(
                call, bytes -> ExecInput.newBuilder().setStdin(bytes).build(), closed);
    }

    /** Returns when the agent has the session. */
    boolean open(I open) throws StatusException, InterruptedException {
        call.write(open);
        try {
            var ready = call.read(Asking.QUERY.toSeconds(), TimeUnit.SECONDS);
            if (ready == null || !ready.hasReady()) {
                throw ErrorCode.INTERNAL.with("the agent ended a session before it was ready");
            }
            return true;
        } catch (TimeoutException late) {
            throw ErrorCode.TIMED_OUT.with("the agent").causedBy(late);
        }
    }

    void write(ByteString bytes) throws StatusException, InterruptedException {
        call.write(stdin.apply(bytes));
    }

    void endStdin() throws StatusException, InterruptedException {
        call.write(stdinClosed);
    }

    /** The next bytes for the client; null at the end. */
    @Nullable
    ByteString read() throws StatusException, InterruptedException {
        var output = call.read();
        return output == null ? null : output.getBytes();
    }

    /** Harmless after the end. */
    void cancel(String why) {
        call.cancel(why, null);
    }
}
