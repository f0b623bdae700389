package dev.gantry.agent.server;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.ArchiveWritten;
import dev.gantry.contracts.rpc.WriteArchiveOpen;
import dev.gantry.contracts.rpc.WriteArchivePart;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An archive as it comes in, as a stream: the next part is asked for when the one before is read, so never more than two are here. */
final class ReceivedParts extends InputStream implements StreamObserver<WriteArchivePart> {
    private static final long PATIENCE_SECONDS = 300;
    /** Stands for an end that was not announced. */
    private static final WriteArchivePart BROKEN_OFF = WriteArchivePart.getDefaultInstance();

    private final ServerCallStreamObserver<ArchiveWritten> call;
    private final BlockingQueue<WriteArchivePart> received = new LinkedBlockingQueue<>();
    private ByteString current = ByteString.EMPTY;
    private int position;
    private boolean ended;

    ReceivedParts(ServerCallStreamObserver<ArchiveWritten> call) {
        this.call = call;
        call.disableAutoRequest();
        call.request(1);
    }

    void whenCancelled(Runnable cancelled) {
        call.setOnCancelHandler(cancelled);
    }

    @Override
    public void onNext(WriteArchivePart part) {
        received.add(part);
    }

    @Override
    public void onError(Throwable cancelled) {
        received.add(BROKEN_OFF);
    }

    @Override
    public void onCompleted() {
        received.add(BROKEN_OFF);
    }

    /** The first part. */
    WriteArchiveOpen open() throws IOException {
        var first = next();
        if (!first.hasOpen()) {
            throw ErrorCode.INVALID_PARAMETER.with("the first part of an archive is not open");
        }
        return first.getOpen();
    }

    /** Reads what is left, to be sure of the end. */
    void finish() throws IOException {
        var waste = new byte[64 << 10];
        while (read(waste, 0, waste.length) >= 0) {
            // what follows an archive's end means nothing
        }
    }

    private WriteArchivePart next() throws IOException {
        try {
            var part = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (part == null) {
                throw new IOException("nothing came for " + PATIENCE_SECONDS + " s");
            }
            if (part.hasEnd()) {
                ended = true;
            } else if (part.equals(BROKEN_OFF)) {
                throw new EOFException("the archive broke off");
            } else {
                call.request(1);
            }
            return part;
        } catch (InterruptedException e) {
            throw (IOException) new InterruptedIOException("the client is gone").initCause(e);
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        while (position == current.size() && !ended) {
            current = next().getData();
            position = 0;
        }
        var count = Math.min(length, current.size() - position);
        if (count == 0 && length > 0) {
            return -1;
        }
        current.substring(position, position + count).copyTo(target, offset);
        position += count;
        return count;
    }
}
