package dev.gantry.image.store;

import dev.gantry.oci.digest.Digest;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Blobs that an image under way will need: the sweep of loose ones leaves them alone, whatever is noted of them. A crash lets go of all, which is right,
 * for then nobody will need them.
 */
@Singleton
public class HeldBlobs {
    private final DigestLocks locks;
    private final Map<Digest, Integer> held = new ConcurrentHashMap<>();

    HeldBlobs(DigestLocks locks) {
        this.locks = locks;
    }

    /** When this returns no deletion of one of them is under way any more. */
    public Hold hold(Collection<Digest> blobs) {
        blobs.forEach(blob -> locks.holding(blob, () -> held.merge(blob, 1, Integer::sum)));
        return () -> blobs.forEach(blob -> held.computeIfPresent(blob, (key, count) -> count == 1 ? null : count - 1));
    }

    /** Ask under the digest's lock. */
    boolean isHeld(Digest blob) {
        return held.containsKey(blob);
    }

    /** Until it is closed; once. */
    @FunctionalInterface
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }
}
