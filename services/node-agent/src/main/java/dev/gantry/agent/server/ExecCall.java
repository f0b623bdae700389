package dev.gantry.agent.server;

import dev.gantry.agent.exec.Execs;
import dev.gantry.agent.exec.StartedExec;
import dev.gantry.agent.output.Frames;
import dev.gantry.agent.output.Stdin;
import dev.gantry.agent.output.Stream;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.AttachInput;
import dev.gantry.contracts.rpc.AttachOutput;
import dev.gantry.contracts.rpc.ExecInput;
import dev.gantry.contracts.rpc.ExecOpen;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;

/**
 * One exec stream; the exec's own threads carry output. As with an engine the client is told that he is attached before the process is made; why
 * it could not be made he then reads on the stream.
 */
record ExecCall(Execs execs, ClientSession<ExecInput> session) implements ClientSession.Service<ExecInput> {
    private static final ExecInput CLOSED = ExecInput.newBuilder()
            .setStdinClosed(AttachInput.StdinClosed.getDefaultInstance())
            .build();

    static StreamObserver<ExecInput> open(Execs execs, ServerCallStreamObserver<AttachOutput> call) {
        return new ClientSession<>("exec-in", CLOSED, call, session -> new ExecCall(execs, session));
    }

    @Override
    public void serve(ExecInput first) throws InterruptedException {
        if (!first.hasOpen()) {
            throw ErrorCode.INVALID_PARAMETER.with("the first input of an exec is not open");
        }
        if (first.getOpen().getDetach()) {
            var _ = execs.start(first.getOpen(), _ -> {});
            session.ready();
            session.complete();
        } else {
            attach(first.getOpen());
        }
    }

    private void attach(ExecOpen open) throws InterruptedException {
        var exec = execs.get(open.getExec());
        session.ready();
        StartedExec started;
        try {
            started = execs.start(open, session::send);
        } catch (GantryException e) {
            var text = (e.getMessage() + "\r\n").getBytes(StandardCharsets.UTF_8);
            session.send(Frames.of(Stream.STDOUT, text, open.getTty()));
            session.complete();
            return;
        }
        Thread.ofVirtual().name("exec-end").start(() -> session.completeAfter(started::await));
        feed(started.stdin(), exec.request().getStdin());
    }

    /** Until the client has no more input, has gone, or the process has ended. */
    private void feed(Stdin.Writer stdin, boolean wanted) throws InterruptedException {
        try {
            for (var next = session.next(); next.hasStdin(); next = session.next()) {
                write(stdin, next, wanted);
            }
        } catch (InterruptedException e) {
            var last = session.last();
            if (last.isPresent()) {
                write(stdin, last.get(), wanted);
            }
            throw e;
        } finally {
            close(stdin, wanted);
        }
    }

    private static void write(Stdin.Writer stdin, ExecInput input, boolean wanted) throws InterruptedException {
        if (wanted && input.hasStdin()) {
            stdin.write(input.getStdin().toByteArray());
        }
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
