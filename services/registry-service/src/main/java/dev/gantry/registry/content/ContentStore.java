package dev.gantry.registry.content;

import dev.gantry.oci.digest.Digest;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps bytes under their digest. What every driver promises, and {@code ContentStoreSuite} checks:
 *
 * <ul>
 *   <li>Content is there whole or not at all, also after a crash at any point; it has the bytes that its digest names.
 *   <li>When {@link Ingest#commit} has returned, the content survives a loss of power.
 *   <li>Committing what is there already is success and keeps one copy.
 *   <li>An ingest that was not committed can be resumed by its id, also by another process, until it is aborted; it never shows as content.
 *   <li>Deleting what is not there is success. A channel that was open before goes on reading.
 * </ul>
 *
 * Callers serialise the work on one ingest; everything else may run in parallel.
 */
public interface ContentStore {
    /** A new, empty ingest. */
    Ingest begin(UUID id) throws IOException;

    /** The ingest where it was left, or empty when there is none of that id. Reads what is there to digest it again. */
    Optional<Ingest> resume(UUID id) throws IOException;

    /** For reading, to be closed by the caller; empty when there is no such content. */
    Optional<SeekableByteChannel> open(Digest digest) throws IOException;

    void delete(Digest digest) throws IOException;

    /** All content. */
    List<Stored> all() throws IOException;

    /** All ingests that are not finished. */
    List<Unfinished> unfinished() throws IOException;

    /** Throws the ingest away; one that is not there is success. */
    void abort(UUID id) throws IOException;

    record Stored(Digest digest, long size) {}

    /** @param touched when bytes were last added */
    record Unfinished(UUID id, Instant touched) {}
}
