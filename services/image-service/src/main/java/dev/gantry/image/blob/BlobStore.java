package dev.gantry.image.blob;

import dev.gantry.oci.digest.Digest;
import java.io.IOException;
import java.io.InputStream;

/**
 * Where layers are kept. Every call throws {@link dev.gantry.contracts.error.GantryException}: SERVICE_AWAY when the registry does not answer,
 * NO_SPACE and TOO_LARGE when it cannot take more.
 */
public interface BlobStore {
    Upload begin();

    /** The blob's bytes, unchecked. Closing it before its end is fine. */
    InputStream open(String digest) throws IOException;

    /** Deleting what is not there is success. */
    void delete(String digest);

    /** A blob on its way. Closing it without {@link #finish} throws it away. */
    interface Upload extends AutoCloseable {
        void write(byte[] bytes, int offset, int length);

        /** Sends on what was written so far. */
        void flush();

        /** When this returns the blob is on disk under its digest. */
        void finish(Digest digest);

        @Override
        void close();
    }
}
