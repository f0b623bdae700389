package dev.gantry.service.rpc;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.ContainerQuery;
import dev.gantry.contracts.rpc.ContainersGrpc;
import dev.gantry.contracts.rpc.Document;
import dev.gantry.contracts.rpc.WaitContainer;
import dev.gantry.contracts.rpc.WaitUpdate;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers who called, fails on request, and streams for ever what a test lets it. */
final class FakeContainers extends ContainersGrpc.ContainersImplBase {
    final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    final AtomicInteger written = new AtomicInteger();

    @Override
    public void inspect(ContainerQuery query, StreamObserver<Document> out) {
        Answers.unary(out, () -> switch (query.getReference()) {
            case "missing" -> throw ErrorCode.NO_SUCH_CONTAINER.with("missing");
            case "broken" -> throw new IllegalStateException("a secret detail is no stack trace");
            case "slow" -> slow();
            default ->
                Document.newBuilder()
                        .setJson(ByteString.copyFromUtf8(Caller.current().role().name()))
                        .build();
        });
    }

    private Document slow() throws InterruptedException {
        var gone = new LinkedBlockingQueue<String>();
        Context.current().addListener(context -> gone.add("cancelled"), Runnable::run);
        ended.add(gone.take());
        return Document.getDefaultInstance();
    }

    @Override
    public void wait(WaitContainer request, StreamObserver<WaitUpdate> out) {
        var writer = new StreamWriter<>((ServerCallStreamObserver<WaitUpdate>) out, () -> ended.add("cancelled"));
        Thread.ofVirtual().start(() -> pour(writer, request.getCondition().length()));
    }

    private void pour(StreamWriter<WaitUpdate> writer, int kilobytes) {
        var update = WaitUpdate.newBuilder()
                .setExited(WaitUpdate.Exited.newBuilder().setError("x".repeat(1024 * kilobytes)))
                .build();
        try {
            while (true) {
                writer.write(update);
                written.incrementAndGet();
            }
        } catch (InterruptedException | CancellationException e) {
            ended.add("writer stopped");
        }
    }

    String awaitEnd(long seconds) throws InterruptedException {
        var end = ended.poll(seconds, TimeUnit.SECONDS);
        return end == null ? "still running after " + seconds + " s" : end;
    }
}
