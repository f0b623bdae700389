package dev.gantry.agent.server;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.output.AttachSession;
import dev.gantry.agent.output.Stdin;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.AttachInput;
import dev.gantry.contracts.rpc.AttachOpen;
import dev.gantry.contracts.rpc.AttachOutput;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;

/** One attach stream. A second virtual thread carries output, from the container's spool. */
record AttachCall(Function<String, Container> containers, ClientSession<AttachInput> session)
        implements ClientSession.Service<AttachInput> {
    private static final AttachInput CLOSED = AttachInput.newBuilder()
            .setStdinClosed(AttachInput.StdinClosed.getDefaultInstance())
            .build();

    static StreamObserver<AttachInput> open(
            Function<String, Container> containers, ServerCallStreamObserver<AttachOutput> call) {
        return new ClientSession<>("attach-in", CLOSED, call, session -> new AttachCall(containers, session));
    }

    @Override
    public void serve(AttachInput first) throws InterruptedException {
        if (!first.hasOpen()) {
            throw ErrorCode.INVALID_PARAMETER.with("the first input of an attach session is not open");
        }
        attach(first.getOpen());
    }

    private void attach(AttachOpen open) throws InterruptedException {
        var container = containers.apply(open.getContainer());
        var stdin = container.stdin().writer();
        try (var output = new AttachSession(container.spool(), open)) {
            var writer = Thread.ofVirtual()
                    .name("attach-out")
                    .unstarted(() -> session.completeAfter(() -> output.send(session::send)));
            try {
                session.ready(output.place());
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
            var next = session.next();
            switch (next.getInputCase()) {
                case STDIN -> write(stdin, next, open);
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

    private static void write(Stdin.Writer stdin, AttachInput input, AttachOpen open) throws InterruptedException {
        if (open.getStdin() && input.hasStdin()) {
            stdin.write(input.getStdin().toByteArray());
        }
    }

    private void writeLast(Stdin.Writer stdin, AttachOpen open) throws InterruptedException {
        var last = session.last();
        if (last.isPresent()) {
            write(stdin, last.get(), open);
        }
    }

    /** A client that goes away without a word has ended its input, as one that says so. */
    private void leave(Container container, Stdin.Writer stdin, AttachOpen open) throws InterruptedException {
        if (session.cancelled()
                && open.getStdin()
                && open.getStdinOnce()
                && container.run().isPresent()) {
            stdin.close();
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
