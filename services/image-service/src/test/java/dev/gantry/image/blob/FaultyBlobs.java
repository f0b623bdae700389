package dev.gantry.image.blob;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.oci.digest.Digest;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;

/** The real registry, which fails once at the step that a test names. */
@Singleton
@Alternative
@Priority(1)
public class FaultyBlobs implements BlobStore {
    /** Where it fails; the last one after the blob is stored, as when the answer is lost. */
    public enum Fault {
        NONE,
        BEGIN,
        WRITE,
        FLUSH,
        FINISH,
        AFTER_FINISH
    }

    private final RegistryBlobs real;
    private final AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);

    FaultyBlobs(RegistryBlobs real) {
        this.real = real;
    }

    public void failAt(Fault step) {
        fault.set(step);
    }

    private void pass(Fault step) {
        if (fault.compareAndSet(step, Fault.NONE)) {
            throw ErrorCode.SERVICE_AWAY.with("registry", "fault at " + step);
        }
    }

    @Override
    public Upload begin() {
        pass(Fault.BEGIN);
        return new FaultyUpload(real.begin());
    }

    @Override
    public InputStream open(String digest) throws IOException {
        return real.open(digest);
    }

    @Override
    public void delete(String digest) {
        real.delete(digest);
    }

    private final class FaultyUpload implements Upload {
        private final Upload upload;

        FaultyUpload(Upload upload) {
            this.upload = upload;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            pass(Fault.WRITE);
            upload.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            pass(Fault.FLUSH);
            upload.flush();
        }

        @Override
        public void finish(Digest digest) {
            pass(Fault.FINISH);
            upload.finish(digest);
            pass(Fault.AFTER_FINISH);
        }

        @Override
        public void close() {
            upload.close();
        }
    }
}
