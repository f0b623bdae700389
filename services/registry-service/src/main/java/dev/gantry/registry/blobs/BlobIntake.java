package dev.gantry.registry.blobs;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.BlobStat;
import dev.gantry.contracts.rpc.PutBlob;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.digest.DigestMismatchException;
import dev.gantry.oci.digest.InvalidDigestException;
import dev.gantry.registry.content.ContentStore;
import dev.gantry.registry.content.Ingest;
import dev.gantry.service.rpc.RpcErrors;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** One blob on its way in over gRPC, which calls these methods one after another on virtual threads. */
final class BlobIntake implements StreamObserver<PutBlob> {
    private static final Logger LOG = Logger.getLogger(BlobIntake.class);

    private final Blobs blobs;
    private final ContentStore content;
    private final long largest;
    private final ServerCallStreamObserver<BlobStat> out;
    private Optional<Ingest> ingest = Optional.empty();
    private boolean ended;

    BlobIntake(Blobs blobs, ContentStore content, long largest, ServerCallStreamObserver<BlobStat> out) {
        this.blobs = blobs;
        this.content = content;
        this.largest = largest;
        this.out = out;
    }

    @Override
    public void onNext(PutBlob part) {
        if (ended) {
            return;
        }
        try {
            switch (part.getPartCase()) {
                case DATA -> write(part.getData());
                case DIGEST -> commit(part.getDigest());
                case PART_NOT_SET -> throw ErrorCode.INVALID_PARAMETER.with("a part of a blob that is empty");
            }
            if (!ended) {
                out.request(1);
            }
        } catch (GantryException e) {
            refuse(e);
        } catch (IOException e) {
            refuse(failure(e));
        } catch (RuntimeException e) {
            LOG.error("taking a blob in failed", e);
            refuse(ErrorCode.INTERNAL.with("registry: " + e.getMessage()).causedBy(e));
        }
    }

    private Ingest ingest() throws IOException {
        if (ingest.isEmpty()) {
            ingest = Optional.of(content.begin(UUID.randomUUID()));
        }
        return ingest.get();
    }

    private void write(ByteString data) throws IOException {
        Ingest into = ingest();
        if (into.size() + data.size() > largest) {
            throw ErrorCode.TOO_LARGE.with("blob", largest);
        }
        byte[] bytes = data.toByteArray();
        into.write(bytes, 0, bytes.length);
    }

    private void commit(String text) throws IOException {
        Digest digest = digest(text);
        Ingest whole = ingest();
        long size = whole.size();
        ended = true;
        ingest = Optional.empty(); // a commit ends the ingest, also when it fails
        blobs.commit(whole, digest);
        out.onNext(BlobStat.newBuilder().setFound(true).setSize(size).build());
        out.onCompleted();
    }

    private static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (InvalidDigestException e) {
            throw ErrorCode.INVALID_PARAMETER
                    .with(String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    private static GantryException failure(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof DigestMismatchException mismatch) {
            return ErrorCode.DIGEST_MISMATCH.with(mismatch.expected(), mismatch.actual());
        }
        boolean full = message.toLowerCase(Locale.ROOT).contains("no space left");
        return (full ? ErrorCode.NO_SPACE : ErrorCode.INTERNAL)
                .with("registry: " + message)
                .causedBy(e);
    }

    private void refuse(GantryException why) {
        ended = true;
        abandon();
        out.onError(RpcErrors.toStatus(why));
    }

    /** Also when the client is gone. */
    void abandon() {
        ended = true;
        try {
            if (ingest.isPresent()) {
                ingest.get().abort();
            }
        } catch (IOException e) {
            LOG.warnf("ingest %s is left to the sweep: %s", ingest.map(Ingest::id), e.getMessage());
        }
        ingest = Optional.empty();
    }

    @Override
    public void onError(Throwable gone) {
        abandon();
    }

    @Override
    public void onCompleted() {
        if (!ended) {
            refuse(ErrorCode.INVALID_PARAMETER.with("a blob without its digest"));
        }
    }
}
