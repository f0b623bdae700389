package dev.gantry.registry.blobs;

import dev.gantry.oci.digest.Digest;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** One writer per digest; digests that share a stripe wait for each other, which is rare and harmless. */
final class DigestLocks {
    private static final int STRIPES = 64;

    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    DigestLocks() {
        Arrays.setAll(stripes, i -> new ReentrantLock());
    }

    /** What is done while a digest is held. */
    interface Work {
        boolean run() throws IOException;
    }

    boolean holding(Digest digest, Work work) throws IOException {
        ReentrantLock lock = stripes[Math.floorMod(digest.hashCode(), STRIPES)];
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }
}
