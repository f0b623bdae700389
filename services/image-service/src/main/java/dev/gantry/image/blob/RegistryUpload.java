package dev.gantry.image.blob;

import com.google.protobuf.UnsafeByteOperations;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.BlobStat;
import dev.gantry.contracts.rpc.PutBlob;
import dev.gantry.oci.digest.Digest;
import dev.gantry.service.rpc.RpcErrors;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.util.Arrays;

/**
 * One upload as one stream. A part's array goes to the registry itself where both live in one process, so it is written once and never
 * reused.
 */
final class RegistryUpload implements BlobStore.Upload {
    private static final int PART = 256 << 10;

    private final BlockingClientCall<PutBlob, BlobStat> call;
    private byte[] part = new byte[PART];
    private int filled;
    private boolean finished;

    RegistryUpload(BlockingClientCall<PutBlob, BlobStat> call) {
        this.call = call;
    }

    /** Waits for the registry when it is slower than the source. */
    @Override
    public void write(byte[] bytes, int offset, int length) {
        for (int done = 0; done < length; ) {
            int count = Math.min(length - done, PART - filled);
            System.arraycopy(bytes, offset + done, part, filled, count);
            filled += count;
            done += count;
            if (filled == PART) {
                flush();
            }
        }
    }

    @Override
    public void flush() {
        if (filled > 0) {
            byte[] full = filled == PART ? part : Arrays.copyOf(part, filled);
            send(PutBlob.newBuilder()
                    .setData(UnsafeByteOperations.unsafeWrap(full))
                    .build());
            part = new byte[PART];
            filled = 0;
        }
    }

    private void send(PutBlob message) {
        try {
            if (!call.write(message)) {
                answer(); // the registry has ended the stream: its error says why
                throw ErrorCode.INTERNAL.with("registry ended the upload early");
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (StatusException e) {
            throw RpcErrors.from(e, "registry");
        }
    }

    private void answer() {
        try {
            if (call.read() == null) {
                throw ErrorCode.INTERNAL.with("registry gave no answer to an upload");
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (StatusException e) {
            throw RpcErrors.from(e, "registry");
        }
    }

    private static GantryException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return ErrorCode.INTERNAL.with("interrupted").causedBy(e);
    }

    @Override
    public void finish(Digest digest) {
        flush();
        send(PutBlob.newBuilder().setDigest(digest.toString()).build());
        call.halfClose();
        answer();
        finished = true;
    }

    /** The registry throws away what it has as soon as it hears of it. */
    @Override
    public void close() {
        if (!finished) {
            call.cancel("the import failed", null);
        }
    }
}
