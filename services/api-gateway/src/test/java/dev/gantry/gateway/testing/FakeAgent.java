package dev.gantry.gateway.testing;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.AgentGrpc;
import dev.gantry.contracts.rpc.ArchivePart;
import dev.gantry.contracts.rpc.ArchiveWritten;
import dev.gantry.contracts.rpc.AttachInput;
import dev.gantry.contracts.rpc.AttachOpen;
import dev.gantry.contracts.rpc.AttachOutput;
import dev.gantry.contracts.rpc.ChangedPaths;
import dev.gantry.contracts.rpc.ContainerFiles;
import dev.gantry.contracts.rpc.CreateExecRequest;
import dev.gantry.contracts.rpc.ExecCreated;
import dev.gantry.contracts.rpc.ExecInput;
import dev.gantry.contracts.rpc.ExecOpen;
import dev.gantry.contracts.rpc.ExecQuery;
import dev.gantry.contracts.rpc.ExecState;
import dev.gantry.contracts.rpc.LogsChunk;
import dev.gantry.contracts.rpc.LogsRequest;
import dev.gantry.contracts.rpc.PathQuery;
import dev.gantry.contracts.rpc.PathStat;
import dev.gantry.contracts.rpc.ProcessQuery;
import dev.gantry.contracts.rpc.ProcessTable;
import dev.gantry.contracts.rpc.ResizeTerminal;
import dev.gantry.contracts.rpc.Resized;
import dev.gantry.contracts.rpc.SpoolPlace;
import dev.gantry.contracts.rpc.UsageQuery;
import dev.gantry.contracts.rpc.UsageSample;
import dev.gantry.contracts.rpc.WriteArchivePart;
import dev.gantry.service.rpc.RpcErrors;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An agent whose sessions a test drives by hand. */
public final class FakeAgent extends AgentGrpc.AgentImplBase {
    /** Sessions as they are opened, of containers and of execs. */
    public final BlockingQueue<Session> sessions = new LinkedBlockingQueue<>();

    /** The execs that are there, by id. */
    public final Map<String, ExecState> execs = new ConcurrentHashMap<>();

    public final ConcurrentLinkedDeque<CreateExecRequest> created = new ConcurrentLinkedDeque<>();
    public final ConcurrentLinkedDeque<ResizeTerminal> resized = new ConcurrentLinkedDeque<>();

    public volatile Optional<RuntimeException> refusal = Optional.empty();

    /** One for each session that was refused. */
    public final Semaphore refused = new Semaphore(0);

    /** As {@link #refusal}, of the start of an exec alone. */
    public volatile Optional<RuntimeException> startRefusal = Optional.empty();

    /** What it says of every path. */
    public volatile PathStat stat = PathStat.getDefaultInstance();

    /** What it reads, and what was written to it. */
    public volatile ByteString archive = ByteString.EMPTY;

    public volatile ChangedPaths changes = ChangedPaths.getDefaultInstance();

    /** The id of the next exec. */
    public volatile String nextExec = "c".repeat(24) + "e".repeat(40);

    /** Whether input is asked for as it is taken; else only what the transport holds comes. */
    public volatile boolean takesInput = true;

    /** Whether a session is ready without being told. */
    public volatile boolean readyAtOnce;

    /** What the next samples are; the last one stays. */
    public final ConcurrentLinkedDeque<UsageSample> samples = new ConcurrentLinkedDeque<>();

    public volatile ProcessTable processes = ProcessTable.getDefaultInstance();
    public final ConcurrentLinkedDeque<ProcessQuery> asked = new ConcurrentLinkedDeque<>();

    /** What a logs call does. */
    public volatile BiConsumer<LogsRequest, ServerCallStreamObserver<LogsChunk>> logs =
            (request, out) -> out.onCompleted();

    /** One session, from the agent's side. */
    public static final class Session {
        public final CompletableFuture<AttachOpen> open = new CompletableFuture<>();
        public final CompletableFuture<ExecOpen> exec = new CompletableFuture<>();
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

        /** With word of where another session would go on. */
        public void write(String text, SpoolPlace after) {
            out.onNext(AttachOutput.newBuilder()
                    .setBytes(ByteString.copyFromUtf8(text))
                    .setAfter(after)
                    .build());
        }

        /** As when the agent dies. */
        public void breakOff() {
            out.onError(Status.UNAVAILABLE.asRuntimeException());
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
    public void usage(UsageQuery query, StreamObserver<UsageSample> out) {
        unary(out, () -> samples.size() > 1 ? samples.remove() : samples.element());
    }

    @Override
    public void processes(ProcessQuery query, StreamObserver<ProcessTable> out) {
        asked.add(query);
        unary(out, () -> processes);
    }

    /** The next session, which somebody is about to open. */
    public Session nextSession() throws InterruptedException {
        return Objects.requireNonNull(sessions.poll(5, TimeUnit.SECONDS), "no session was opened");
    }

    @Override
    public StreamObserver<AttachInput> attach(StreamObserver<AttachOutput> out) {
        return new Inputs<>(out) {
            @Override
            void take(AttachInput input) {
                switch (input.getInputCase()) {
                    case OPEN -> {
                        session.open.complete(input.getOpen());
                        opened();
                    }
                    case STDIN -> session.take(input.getStdin());
                    case STDIN_CLOSED -> session.stdinClosed.complete(null);
                    case INPUT_NOT_SET -> throw new IllegalArgumentException("no input");
                }
            }
        };
    }

    @Override
    public StreamObserver<ExecInput> startExec(StreamObserver<AttachOutput> out) {
        return new Inputs<>(out) {
            @Override
            void take(ExecInput input) {
                switch (input.getInputCase()) {
                    case OPEN -> {
                        session.exec.complete(input.getOpen());
                        startRefusal.ifPresentOrElse(
                                failure -> server.onError(RpcErrors.toStatus(failure)), this::opened);
                    }
                    case STDIN -> session.take(input.getStdin());
                    case STDIN_CLOSED -> session.stdinClosed.complete(null);
                    case INPUT_NOT_SET -> throw new IllegalArgumentException("no input");
                }
            }
        };
    }

    private abstract class Inputs<I> implements StreamObserver<I> {
        final ServerCallStreamObserver<AttachOutput> server;
        final Session session;

        Inputs(StreamObserver<AttachOutput> out) {
            server = (ServerCallStreamObserver<AttachOutput>) out;
            session = new Session(server);
            server.setOnCancelHandler(() -> session.cancelled.complete(null));
            server.disableAutoInboundFlowControl();
            server.request(1);
        }

        abstract void take(I input);

        void opened() {
            if (refusal.isPresent()) {
                server.onError(RpcErrors.toStatus(refusal.get()));
                refused.release();
                return;
            }
            if (readyAtOnce) {
                session.ready();
            }
            sessions.add(session);
        }

        @Override
        public void onNext(I input) {
            take(input);
            if (takesInput) {
                server.request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {
            session.cancelled.complete(null);
        }

        @Override
        public void onCompleted() {
            // the session's end is the container's to say
        }
    }

    /** The next exec is there from now on. */
    public String exec(CreateExecRequest config) {
        return exec(ExecState.newBuilder()
                .setExec(nextExec)
                .setContainer(config.getContainer())
                .setConfig(config)
                .build());
    }

    public String exec(ExecState state) {
        execs.put(state.getExec(), state);
        return state.getExec();
    }

    @Override
    public void createExec(CreateExecRequest request, StreamObserver<ExecCreated> out) {
        created.add(request);
        unary(out, () -> ExecCreated.newBuilder().setExec(exec(request)).build());
    }

    @Override
    public void inspectExec(ExecQuery request, StreamObserver<ExecState> out) {
        unary(
                out,
                () -> Optional.ofNullable(execs.get(request.getExec()))
                        .orElseThrow(() -> ErrorCode.NO_SUCH_EXEC.with(request.getExec())));
    }

    @Override
    public void resize(ResizeTerminal request, StreamObserver<Resized> out) {
        resized.add(request);
        unary(out, Resized::getDefaultInstance);
    }

    private <A> void unary(StreamObserver<A> out, Supplier<A> answer) {
        try {
            refusal.ifPresent(failure -> {
                throw failure;
            });
            out.onNext(answer.get());
            out.onCompleted();
        } catch (RuntimeException failure) {
            out.onError(RpcErrors.toStatus(failure));
        }
    }

    @Override
    public void statPath(PathQuery request, StreamObserver<PathStat> out) {
        unary(out, () -> stat);
    }

    @Override
    public void readArchive(PathQuery request, StreamObserver<ArchivePart> out) {
        if (refusal.isEmpty()) {
            out.onNext(ArchivePart.newBuilder().setStat(stat).build());
        }
        unary(out, () -> ArchivePart.newBuilder().setData(archive).build());
    }

    @Override
    public void export(ContainerFiles request, StreamObserver<ArchivePart> out) {
        unary(out, () -> ArchivePart.newBuilder().setData(archive).build());
    }

    @Override
    public void changes(ContainerFiles request, StreamObserver<ChangedPaths> out) {
        unary(out, () -> changes);
    }

    /** The archive is in {@link #archive} when it is answered. */
    @Override
    public StreamObserver<WriteArchivePart> writeArchive(StreamObserver<ArchiveWritten> out) {
        return new StreamObserver<>() {
            private ByteString taken = ByteString.EMPTY;

            @Override
            public void onNext(WriteArchivePart part) {
                if (part.hasEnd()) {
                    archive = taken;
                    unary(out, ArchiveWritten::getDefaultInstance);
                } else {
                    taken = taken.concat(part.getData());
                }
            }

            @Override
            public void onError(Throwable gone) {
                // nothing was promised
            }

            @Override
            public void onCompleted() {
                // said by the end already
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
