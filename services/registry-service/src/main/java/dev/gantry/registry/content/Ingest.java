package dev.gantry.registry.content;

import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.digest.DigestMismatchException;
import java.io.IOException;
import java.util.UUID;

/** Content on its way in. Closing it keeps the bytes for a {@link ContentStore#resume}. */
public interface Ingest extends AutoCloseable {
    UUID id();

    /** Bytes so far. */
    long size();

    void write(byte[] bytes, int offset, int length) throws IOException;

    /**
     * Makes it content; the ingest is gone then, also when it fails for its digest.
     *
     * @throws DigestMismatchException when the bytes are not those of the digest
     */
    void commit(Digest expected) throws IOException;

    void abort() throws IOException;

    @Override
    void close() throws IOException;
}
