package dev.gantry.gateway.testing;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.AttachInput;
import dev.gantry.contracts.rpc.AttachOpen;
import dev.gantry.contracts.rpc.AttachOutput;
import dev.gantry.contracts.rpc.LogsChunk;
import dev.gantry.contracts.rpc.LogsRequest;
import dev.gantry.service.rpc.RpcErrors;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** An agent whose sessions a test drives by hand. */
public final class FakeAgent extends AgentGrpc.AgentImplBase {
    /** Sessions as they are opened. */
    public final BlockingQueue<Session> sessions = new LinkedBlockingQueue<>();

    public volatile Optional<RuntimeException> refusal = Optional.empty();

    /** Whether input is asked for as it is taken; else only what the transport holds comes. */
    public volatile boolean takesInput = true;

    /** What a logs call does. */
    public volatile BiConsumer<LogsRequest, ServerCallStreamObserver<LogsChunk>> logs =
            (request, out) -> out.onCompleted();

    /** One attach session, from the agent's side. */
    public static final class Session {
        public final CompletableFuture<AttachOpen> open = new CompletableFuture<>();
        public final CompletableFuture<Void> stdinClosed = new CompletableFuture<>();
        public final CompletableFuture<Void> cancelled = new CompletableFuture<>();
        public final AtomicLong received = new AtomicLong();
        public final ServerCallStreamObserver<AttachOutput> out;
        private final ByteArrayOutputStream input = new ByteArrayOutputStream();

        Session(ServerCallStreamObserver<AttachOutput> out) {
            this.out = out;
        }

        public void ready() {
            out.onNext(AttachOutput.newBuilder()
                    .setReady(AttachOutput.Ready.getDefaultInstance())
                    .build());
        }

        public void write(String text) {
            write(ByteString.copyFromUtf8(text));
        }

        public void write(ByteString bytes) {
            out.onNext(AttachOutput.newBuilder().setBytes(bytes).build());
        }

        public synchronized String input() {
            return input.toString(java.nio.charset.StandardCharsets.UTF_8);
        }

        private synchronized void take(ByteString bytes) {
            input.writeBytes(bytes.toByteArray());
            received.addAndGet(bytes.size());
        }
    }

    @Override
    public StreamObserver<AttachInput> attach(StreamObserver<AttachOutput> out) {
        var server = (ServerCallStreamObserver<AttachOutput>) out;
        var session = new Session(server);
        server.setOnCancelHandler(() -> session.cancelled.complete(null));
        server.disableAutoInboundFlowControl();
        server.request(1);
        return new StreamObserver<>() {
            @Override
            public void onNext(AttachInput input) {
                switch (input.getInputCase()) {
                    case OPEN -> opened(input.getOpen());
                    case STDIN -> session.take(input.getStdin());
                    case STDIN_CLOSED -> session.stdinClosed.complete(null);
                    case INPUT_NOT_SET -> throw new IllegalArgumentException("no input");
                }
                if (takesInput) {
                    server.request(1);
                }
            }

            private void opened(AttachOpen open) {
                session.open.complete(open);
                refusal.ifPresentOrElse(
                        failure -> out.onError(RpcErrors.toStatus(failure)), () -> sessions.add(session));
            }

            @Override
            public void onError(Throwable failure) {
                session.cancelled.complete(null);
            }

            @Override
            public void onCompleted() {
                // the session's end is the container's to say
            }
        };
    }

    @Override
    public void logs(LogsRequest request, StreamObserver<LogsChunk> out) {
        logs.accept(request, (ServerCallStreamObserver<LogsChunk>) out);
    }

    public void logs(Consumer<ServerCallStreamObserver<LogsChunk>> writer) {
        logs = (request, out) -> writer.accept(out);
    }
}
