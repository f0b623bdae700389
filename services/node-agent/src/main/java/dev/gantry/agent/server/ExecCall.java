package dev.gantry.agent.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.gantry.agent.exec.Execs;
import dev.gantry.agent.output.Frames;
import dev.gantry.agent.output.Stdin;
import dev.gantry.agent.output.Stream;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.AttachInput;
import dev.gantry.contracts.rpc.AttachOutput;
import dev.gantry.contracts.rpc.ExecInput;
import dev.gantry.contracts.rpc.ExecOpen;
import dev.gantry.service.rpc.RpcErrors;
import dev.gantry.service.rpc.StreamWriter;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One exec stream: this object's thread carries input, the exec's own carry output. As with an engine the client is told that he is attached
 * before the process is made; why it could not be made he then reads on the stream.
 */
final class ExecCall implements StreamObserver<ExecInput> {
    private static final ExecInput CLOSED = ExecInput.newBuilder()
            .setStdinClosed(AttachInput.StdinClosed.getDefaultInstance())
            .build();
    private static final AttachOutput READY = AttachOutput.newBuilder()
            .setReady(AttachOutput.Ready.getDefaultInstance())
            .build();

    private final Execs execs;
    private final ServerCallStreamObserver<AttachOutput> call;
    private final StreamWriter<AttachOutput> out;
    private final BlockingQueue<ExecInput> input = new LinkedBlockingQueue<>();
    private final Thread reader = Thread.ofVirtual().name("exec-in").unstarted(this::readAll);

    ExecCall(Execs execs, ServerCallStreamObserver<AttachOutput> call) {
        this.execs = execs;
        this.call = call;
        this.out = new StreamWriter<>(call, reader::interrupt);
        call.disableAutoRequest();
        call.request(1);
        reader.start();
    }

    @Override
    public void onNext(ExecInput next) {
        input.add(next); // at most one: the next is asked for when this one is done
    }

    @Override
    public void onError(Throwable cancelled) {
        reader.interrupt();
    }

    @Override
    public void onCompleted() {
        input.add(CLOSED);
    }

    private void readAll() {
        try {
            var first = input.take();
            if (!first.hasOpen()) {
                throw ErrorCode.INVALID_PARAMETER.with("the first input of an exec is not open");
            }
            if (first.getOpen().getDetach()) {
                var _ = execs.start(first.getOpen(), _ -> {});
                out.write(READY);
                out.complete();
            } else {
                attach(first.getOpen());
            }
        } catch (InterruptedException | CancellationException e) {
            // the client went away
        } catch (RuntimeException e) {
            out.fail(RpcErrors.toStatus(e));
        }
    }

    private void attach(ExecOpen open) throws InterruptedException {
        var exec = execs.get(open.getExec());
        out.write(READY);
        Execs.Started started;
        try {
            started = execs.start(open, this::send);
        } catch (GantryException e) {
            var text = (e.getMessage() + "\r\n").getBytes(StandardCharsets.UTF_8);
            send(Frames.of(Stream.STDOUT, text, open.getTty()));
            out.complete();
            return;
        }
        Thread.ofVirtual().name("exec-end").start(() -> completeAfter(started));
        feed(started.stdin(), exec.request().getStdin());
    }

    private void send(byte[] bytes) throws InterruptedException {
        out.write(AttachOutput.newBuilder()
                .setBytes(UnsafeByteOperations.unsafeWrap(bytes))
                .build());
    }

    private void completeAfter(Execs.Started started) {
        try {
            started.await();
            out.complete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            out.fail(RpcErrors.toStatus(e));
        } finally {
            reader.interrupt(); // it may wait for input that nobody needs any more
        }
    }

    /** Until the client has no more input, has gone, or the process has ended. */
    private void feed(Stdin.Writer stdin, boolean wanted) throws InterruptedException {
        try {
            for (var next = next(); next.hasStdin(); next = next()) {
                if (wanted) {
                    stdin.write(bytes(next.getStdin()));
                }
            }
        } catch (InterruptedException e) {
            writeLast(stdin, wanted);
            throw e;
        } finally {
            close(stdin, wanted);
        }
    }

    /** What was typed right before the keys that detach has come before the news that the client is gone. */
    private void writeLast(Stdin.Writer stdin, boolean wanted) throws InterruptedException {
        var last = input.poll();
        if (last != null && last.hasStdin() && wanted) {
            stdin.write(bytes(last.getStdin()));
        }
    }

    private ExecInput next() throws InterruptedException {
        call.request(1);
        return input.take();
    }

    private static byte[] bytes(ByteString text) {
        return text.toByteArray();
    }

    /** A client that goes away has ended his input, as one that says so. */
    private static void close(Stdin.Writer stdin, boolean wanted) throws InterruptedException {
        var interrupted = Thread.interrupted();
        if (wanted) {
            stdin.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
