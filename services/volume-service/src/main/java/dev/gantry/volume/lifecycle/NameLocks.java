package dev.gantry.volume.lifecycle;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Keeps the making of a volume and the removing of one of the same name apart. */
final class NameLocks {
    private static final int STRIPES = 64;

    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    NameLocks() {
        Arrays.setAll(stripes, i -> new ReentrantLock());
    }

    <T> T holding(String name, Supplier<T> work) {
        var lock = stripes[Math.floorMod(name.hashCode(), STRIPES)];
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
