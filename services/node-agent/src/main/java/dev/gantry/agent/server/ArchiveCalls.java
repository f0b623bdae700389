package dev.gantry.agent.server;

import com.google.protobuf.UnsafeByteOperations;
import dev.gantry.agent.archive.Archives;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.ArchivePart;
import dev.gantry.contracts.rpc.ArchiveWritten;
import dev.gantry.contracts.rpc.ChangedPaths;
import dev.gantry.contracts.rpc.ContainerFiles;
import dev.gantry.contracts.rpc.PathQuery;
import dev.gantry.contracts.rpc.PathStat;
import dev.gantry.contracts.rpc.WriteArchivePart;
import dev.gantry.service.rpc.RpcErrors;
import dev.gantry.service.rpc.StreamWriter;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;

/** Files of containers over gRPC: each call on a platform thread of its own, for disks make it wait; so many at a time and no more. */
final class ArchiveCalls {
    private static final int PLACES = 16;
    private static final int PART = 128 << 10;
    private static final int CHANGES_AT_ONCE = 1_000;

    private final Archives archives;
    private final Semaphore places = new Semaphore(PLACES);

    ArchiveCalls(Archives archives) {
        this.archives = archives;
    }

    /** What a call does on its thread. */
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    void stat(PathQuery query, StreamObserver<PathStat> out) {
        stream(out, writer -> writer.write(archives.stat(query)));
    }

    void read(PathQuery query, StreamObserver<ArchivePart> out) {
        stream(out, writer -> {
            try (var sent = new SentParts(writer)) {
                archives.read(query, new Archives.Sink() {
                    @Override
                    public void stat(PathStat stat) throws IOException {
                        sent.send(ArchivePart.newBuilder().setStat(stat).build());
                    }

                    @Override
                    public OutputStream bytes() {
                        return new BufferedOutputStream(sent, PART);
                    }
                });
            }
        });
    }

    void export(ContainerFiles files, StreamObserver<ArchivePart> out) {
        stream(out, writer -> {
            try (var sent = new SentParts(writer)) {
                archives.export(files, new BufferedOutputStream(sent, PART));
            }
        });
    }

    void changes(ContainerFiles files, StreamObserver<ChangedPaths> out) {
        stream(out, writer -> {
            var some = ChangedPaths.newBuilder();
            archives.changes(files, change -> {
                some.addPaths(change);
                if (some.getPathsCount() == CHANGES_AT_ONCE) {
                    writer.write(some.build());
                    some.clear();
                }
            });
            writer.write(some.build());
        });
    }

    StreamObserver<WriteArchivePart> write(StreamObserver<ArchiveWritten> out) {
        var parts = new ReceivedParts((ServerCallStreamObserver<ArchiveWritten>) out);
        var thread = start(out, () -> {
            archives.write(parts.open(), parts);
            parts.finish();
            out.onNext(ArchiveWritten.getDefaultInstance());
            out.onCompleted();
        });
        parts.whenCancelled(thread::interrupt);
        return parts;
    }

    /** What is sent to a client bit by bit. */
    private interface Sending<T> {
        void run(StreamWriter<T> writer) throws IOException, InterruptedException;
    }

    private <T> void stream(StreamObserver<T> out, Sending<T> sending) {
        var thread = new Thread[1];
        var writer = new StreamWriter<>((ServerCallStreamObserver<T>) out, () -> thread[0].interrupt());
        thread[0] = unstarted(failure -> writer.fail(failure), () -> {
            sending.run(writer);
            writer.complete();
        });
        thread[0].start();
    }

    private Thread start(StreamObserver<?> out, Work work) {
        var thread = unstarted(failure -> out.onError(RpcErrors.toStatus(failure)), work);
        thread.start();
        return thread;
    }

    private Thread unstarted(java.util.function.Consumer<RuntimeException> failed, Work work) {
        return Thread.ofPlatform().daemon().name("archive").unstarted(() -> {
            if (!places.tryAcquire()) {
                failed.accept(ErrorCode.SERVICE_AWAY.with("the agent", "too many archives at one time"));
                return;
            }
            try {
                work.run();
            } catch (InterruptedException | InterruptedIOException | CancellationException e) {
                failed.accept(ErrorCode.INTERNAL.with("the transfer was stopped"));
            } catch (IOException e) {
                failed.accept(
                        ErrorCode.INTERNAL.with(String.valueOf(e.getMessage())).causedBy(e));
            } catch (RuntimeException e) {
                failed.accept(e);
            } finally {
                places.release();
            }
        });
    }

    /** An archive on its way to a client; one who takes nothing of it for long loses it. */
    private static final class SentParts extends OutputStream {
        private final StreamWriter<ArchivePart> writer;
        private final StalledCall stalled = new StalledCall(Thread.currentThread());

        SentParts(StreamWriter<ArchivePart> writer) {
            this.writer = writer;
        }

        void send(ArchivePart part) throws IOException {
            try {
                writer.write(part);
                stalled.moved();
            } catch (InterruptedException e) {
                throw (IOException) new InterruptedIOException("the client is gone or takes nothing").initCause(e);
            }
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                send(ArchivePart.newBuilder()
                        .setData(UnsafeByteOperations.unsafeWrap(Arrays.copyOfRange(bytes, offset, offset + length)))
                        .build());
            }
        }

        @Override
        public void close() {
            stalled.close();
        }
    }
}
