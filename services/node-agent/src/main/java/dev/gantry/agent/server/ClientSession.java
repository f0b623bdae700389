package dev.gantry.agent.server;

import com.google.protobuf.UnsafeByteOperations;
import dev.gantry.contracts.rpc.AttachOutput;
import dev.gantry.contracts.rpc.SpoolPlace;
import dev.gantry.service.rpc.RpcErrors;
import dev.gantry.service.rpc.StreamWriter;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * A client's stream to and from a process. This object's virtual thread carries input: the next is asked for only when the one before is in
 * the process' pipe, so a process that does not read stops its client, and nobody else. Others carry output.
 */
final class ClientSession<I> implements StreamObserver<I> {
    private static final AttachOutput READY = AttachOutput.newBuilder()
            .setReady(AttachOutput.Ready.getDefaultInstance())
            .build();

    private final ServerCallStreamObserver<AttachOutput> call;
    private final I closed;
    private final StreamWriter<AttachOutput> out;
    private final BlockingQueue<I> received = new LinkedBlockingQueue<>();
    private final Thread reader;

    /** What is done with the stream. */
    interface Service<I> {
        /** Runs on the session's thread, which is interrupted when the client has gone and when the output is over. */
        void serve(I first) throws InterruptedException;
    }

    /** Carries output; a CancellationException says that the client has gone. */
    interface Writing {
        void run() throws InterruptedException;
    }

    /**
     * To be made inside the gRPC method's body.
     *
     * @param name the thread's
     * @param closed what the end of the stream is read as
     */
    ClientSession(
            String name,
            I closed,
            ServerCallStreamObserver<AttachOutput> call,
            Function<ClientSession<I>, Service<I>> service) {
        this.call = call;
        this.closed = closed;
        var serving = service.apply(this);
        this.reader = Thread.ofVirtual().name(name).unstarted(() -> serve(serving));
        this.out = new StreamWriter<>(call, reader::interrupt);
        call.disableAutoRequest();
        call.request(1);
        reader.start();
    }

    @Override
    public void onNext(I next) {
        received.add(next); // at most one: the next is asked for when this one is done
    }

    @Override
    public void onError(Throwable cancelled) {
        reader.interrupt();
    }

    @Override
    public void onCompleted() {
        received.add(closed);
    }

    private void serve(Service<I> service) {
        guarded(() -> service.serve(received.take()));
    }

    private void guarded(Writing work) {
        try {
            work.run();
        } catch (InterruptedException | CancellationException e) {
            // the client went away
        } catch (RuntimeException e) {
            out.fail(RpcErrors.toStatus(e));
        }
    }

    /** What the client sends next. */
    I next() throws InterruptedException {
        call.request(1);
        return received.take();
    }

    /** What was typed right before the keys that detach has come before the news that the client is gone. */
    Optional<I> last() {
        return Optional.ofNullable(received.poll());
    }

    /** Whether the client went away without a word. */
    boolean cancelled() {
        return out.cancelled();
    }

    void ready() throws InterruptedException {
        out.write(READY);
    }

    /** @param after where the output begins */
    void ready(SpoolPlace after) throws InterruptedException {
        out.write(READY.toBuilder().setAfter(after).build());
    }

    /** @throws CancellationException if the client has gone */
    void send(byte[] bytes) throws InterruptedException {
        out.write(AttachOutput.newBuilder()
                .setBytes(UnsafeByteOperations.unsafeWrap(bytes))
                .build());
    }

    /**
     * @param after where the output goes on behind these bytes
     * @throws CancellationException if the client has gone
     */
    void send(byte[] bytes, SpoolPlace after) throws InterruptedException {
        out.write(AttachOutput.newBuilder()
                .setBytes(UnsafeByteOperations.unsafeWrap(bytes))
                .setAfter(after)
                .build());
    }

    void complete() {
        out.complete();
    }

    /** Runs it and completes the stream, or fails it as the work failed; for a thread that carries output. */
    void completeAfter(Writing work) {
        try {
            guarded(() -> {
                work.run();
                out.complete();
            });
        } finally {
            reader.interrupt(); // it may wait for input that nobody needs any more
        }
    }
}
