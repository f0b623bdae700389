package dev.gantry.agent.server;

import com.google.protobuf.UnsafeByteOperations;
import dev.gantry.agent.container.Container;
import dev.gantry.agent.output.AttachSession;
import dev.gantry.agent.output.Stdin;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.AttachInput;
import dev.gantry.contracts.rpc.AttachOpen;
import dev.gantry.contracts.rpc.AttachOutput;
import dev.gantry.service.rpc.RpcErrors;
import dev.gantry.service.rpc.StreamWriter;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * One attach stream: a virtual thread for each direction. The next input is asked for only when the one before is in the process' pipe, so
 * a process that does not read stops its client, and nobody else.
 */
final class AttachCall implements StreamObserver<AttachInput> {
    private static final AttachInput CLOSED = AttachInput.newBuilder()
            .setStdinClosed(AttachInput.StdinClosed.getDefaultInstance())
            .build();

    private final Function<String, Container> containers;
    private final ServerCallStreamObserver<AttachOutput> call;
    private final StreamWriter<AttachOutput> out;
    private final BlockingQueue<AttachInput> input = new LinkedBlockingQueue<>();
    private final Thread reader = Thread.ofVirtual().name("attach-in").unstarted(this::readAll);

    AttachCall(Function<String, Container> containers, ServerCallStreamObserver<AttachOutput> call) {
        this.containers = containers;
        this.call = call;
        this.out = new StreamWriter<>(call, reader::interrupt);
        call.disableAutoRequest();
        call.request(1);
        reader.start();
    }

    @Override
    public void onNext(AttachInput next) {
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
                throw ErrorCode.INVALID_PARAMETER.with("the first input of an attach session is not open");
            }
            attach(first.getOpen());
        } catch (InterruptedException | CancellationException e) {
            // the client went away
        } catch (RuntimeException e) {
            out.fail(RpcErrors.toStatus(e));
        }
    }

    private void attach(AttachOpen open) throws InterruptedException {
        var container = containers.apply(open.getContainer());
        var stdin = container.stdin().writer();
        try (var session = new AttachSession(container.spool(), open)) {
            var writer = Thread.ofVirtual().name("attach-out").unstarted(() -> writeAll(session));
            try {
                out.write(AttachOutput.newBuilder()
                        .setReady(AttachOutput.Ready.getDefaultInstance())
                        .build());
                writer.start();
                feed(stdin, open);
                writer.join();
            } catch (InterruptedException e) {
                writeLast(stdin, open);
                leave(container, stdin, open);
                throw e;
            } finally {
                writer.interrupt();
                join(writer);
            }
        }
    }

    /** Until the client has no more input, or the session is over. */
    private void feed(Stdin.Writer stdin, AttachOpen open) throws InterruptedException {
        while (true) {
            call.request(1);
            var next = input.take();
            switch (next.getInputCase()) {
                case STDIN -> {
                    if (open.getStdin()) {
                        stdin.write(next.getStdin().toByteArray());
                    }
                }
                case STDIN_CLOSED -> {
                    if (open.getStdin() && open.getStdinOnce()) {
                        stdin.close();
                    }
                    return;
                }
                case OPEN, INPUT_NOT_SET -> throw ErrorCode.INVALID_PARAMETER.with("an attach session is opened once");
            }
        }
    }

    /** What was typed right before the keys that detach has come before the news that the client is gone. */
    private void writeLast(Stdin.Writer stdin, AttachOpen open) throws InterruptedException {
        var last = input.poll();
        if (last != null && last.hasStdin() && open.getStdin()) {
            stdin.write(last.getStdin().toByteArray());
        }
    }

    /** A client that goes away without a word has ended its input, as one that says so. */
    private void leave(Container container, Stdin.Writer stdin, AttachOpen open) throws InterruptedException {
        if (out.cancelled()
                && open.getStdin()
                && open.getStdinOnce()
                && container.run().isPresent()) {
            stdin.close();
        }
    }

    private void writeAll(AttachSession session) {
        try {
            session.send(bytes -> out.write(AttachOutput.newBuilder()
                    .setBytes(UnsafeByteOperations.unsafeWrap(bytes))
                    .build()));
            out.complete();
        } catch (InterruptedException | CancellationException e) {
            // the client went away
        } catch (RuntimeException e) {
            out.fail(RpcErrors.toStatus(e));
        } finally {
            reader.interrupt(); // it may wait for input that nobody needs any more
        }
    }

    /** The session's files are closed when nobody reads them any more. */
    private static void join(Thread writer) {
        var interrupted = Thread.interrupted();
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
