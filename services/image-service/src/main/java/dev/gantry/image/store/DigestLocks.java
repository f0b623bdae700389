package dev.gantry.image.store;

import dev.gantry.oci.digest.Digest;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps the storing of a blob for a new image and the deleting of a loose one apart. */
@Singleton
public class DigestLocks {
    private static final int STRIPES = 64;

    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    DigestLocks() {
        Arrays.setAll(stripes, i -> new ReentrantLock());
    }

    public void holding(Digest digest, Runnable work) {
        ReentrantLock lock = stripes[Math.floorMod(digest.hashCode(), STRIPES)];
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }
}
