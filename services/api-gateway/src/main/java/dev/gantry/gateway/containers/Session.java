package dev.gantry.gateway.containers;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.AttachInput;
import dev.gantry.contracts.rpc.AttachOutput;
import dev.gantry.contracts.rpc.ExecInput;
import dev.gantry.contracts.rpc.ExecQuery;
import dev.gantry.contracts.rpc.SpoolPlace;
import dev.gantry.gateway.backend.Asking;
import io.grpc.Channel;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One interactive stream at a node's agent, of a container's first process or of an exec. One thread may write while another reads; both wait
 * for the other side, so no more is held than the transport's windows.
 */
final class Session<I> {
    private static final Logger LOG = Logger.getLogger(Session.class);
    private static final int FLUSH_SECONDS = 2;

    private final Channel agent;
    private final BlockingClientCall<I, AttachOutput> call;
    private final Function<ByteString, I> stdin;
    private final I stdinClosed;
    private final CountDownLatch inputOver = new CountDownLatch(1);
    private final AtomicBoolean left = new AtomicBoolean();
    private volatile boolean ended;
    private Optional<SpoolPlace> place = Optional.empty();

    private Session(
            Channel agent, BlockingClientCall<I, AttachOutput> call, Function<ByteString, I> stdin, I stdinClosed) {
        this.agent = agent;
        this.call = call;
        this.stdin = stdin;
        this.stdinClosed = stdinClosed;
    }

    static Session<AttachInput> attach(Channel agent) {
        var call = AgentGrpc.newBlockingV2Stub(agent).attach();
        var closed = AttachInput.newBuilder()
                .setStdinClosed(AttachInput.StdinClosed.getDefaultInstance())
                .build();
        return new Session<>(
                agent, call, bytes -> AttachInput.newBuilder().setStdin(bytes).build(), closed);
    }

    static Session<ExecInput> exec(Channel agent) {
        var call = AgentGrpc.newBlockingV2Stub(agent).startExec();
        var closed = ExecInput.newBuilder()
                .setStdinClosed(AttachInput.StdinClosed.getDefaultInstance())
                .build();
        return new Session<>(
                agent, call, bytes -> ExecInput.newBuilder().setStdin(bytes).build(), closed);
    }

    /** Returns when the agent has the session. */
    boolean open(I open) throws StatusException, InterruptedException {
        call.write(open);
        try {
            var ready = call.read(Asking.QUERY.toSeconds(), TimeUnit.SECONDS);
            if (ready == null || !ready.hasReady()) {
                throw ErrorCode.INTERNAL.with("the agent ended a session before it was ready");
            }
            note(ready);
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
        if (output == null) {
            ended = true;
            return null;
        }
        note(output);
        return output.getBytes();
    }

    private void note(AttachOutput output) {
        if (output.hasAfter()) {
            place = Optional.of(output.getAfter());
        }
    }

    /** Where another session goes on behind what was read; for the reader's thread. Empty: nowhere. */
    Optional<SpoolPlace> place() {
        return place;
    }

    /**
     * Leaves what was written to the process. A stream that is cancelled drops what it has not sent yet; a call behind it on the same
     * connection is answered only when that has arrived, whatever the answer is.
     */
    void leave(String why) {
        try {
            var _ = AgentGrpc.newBlockingStub(agent)
                    .withDeadlineAfter(FLUSH_SECONDS, TimeUnit.SECONDS)
                    .inspectExec(ExecQuery.getDefaultInstance());
        } catch (StatusRuntimeException answered) {
            LOG.tracef("nobody asked for an exec: %s", answered.getMessage());
        }
        cancel(why);
    }

    /** Nothing more will be written. */
    void inputOver() {
        inputOver.countDown();
    }

    /** Nobody reads any more, without waiting for it: what the client sent before it went still reaches the process, if that takes it. */
    void abandon(String why) {
        if (ended) {
            cancel(why);
        } else if (left.compareAndSet(false, true)) {
            Thread.ofVirtual().name("leave").start(() -> leaveAfterInput(why));
        }
    }

    private void leaveAfterInput(String why) {
        try {
            if (!inputOver.await(FLUSH_SECONDS, TimeUnit.SECONDS)) {
                LOG.debugf("a process did not take its input in time: %s", why);
            }
            leave(why);
        } catch (InterruptedException stopped) {
            cancel(why);
        }
    }

    /** Harmless after the end. */
    void cancel(String why) {
        call.cancel(why, null);
    }
}
