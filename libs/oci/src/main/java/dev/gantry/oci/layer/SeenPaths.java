package dev.gantry.oci.layer;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the paths of a layer are so far, in 24 to 48 bytes each: a table of 63-bit hashes under a secret seed. A collision is as likely as a disk error
 * and can only refuse a layer or leave a failure to the one who unpacks.
 */
final class SeenPaths {
    enum Kind {
        DIRECTORY,
        SYMLINK,
        OTHER
    }

    private final long seed = ThreadLocalRandom.current().nextLong() | 1;
    private long[] hashes = new long[1024];
    private Kind[] kinds = new Kind[1024];
    private int size;

    void put(LayerPath path, Kind kind) {
        if (size * 2 > hashes.length) {
            grow();
        }
        store(hash(path.raw(), path.raw().length()), kind);
    }

    @Nullable
    Kind kind(LayerPath path) {
        return at(hash(path.raw(), path.raw().length()));
    }

    /** The first ancestor that is no directory, so that nothing below it can be written without following or failing. */
    @Nullable
    String obstacle(LayerPath path) {
        String raw = path.raw();
        long hash = seed;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '/') {
                Kind kind = at(finish(hash));
                if (kind != null && kind != Kind.DIRECTORY) {
                    return raw.substring(0, i);
                }
            }
            hash = step(hash, c);
        }
        return null;
    }

    private long hash(String raw, int length) {
        long hash = seed;
        for (int i = 0; i < length; i++) {
            hash = step(hash, raw.charAt(i));
        }
        return finish(hash);
    }

    private static long step(long hash, char c) {
        long mixed = (hash ^ c) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 29);
    }

    /** Never 0, which marks an empty place. */
    private static long finish(long hash) {
        long mixed = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
        return (mixed ^ (mixed >>> 32)) | (1L << 63);
    }

    private @Nullable Kind at(long hash) {
        int place = place(hash);
        return hashes[place] == 0 ? null : kinds[place];
    }

    private void store(long hash, Kind kind) {
        int place = place(hash);
        if (hashes[place] == 0) {
            hashes[place] = hash;
            size++;
        }
        kinds[place] = kind;
    }

    private int place(long hash) {
        int mask = hashes.length - 1;
        int place = (int) hash & mask;
        while (hashes[place] != 0 && hashes[place] != hash) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldHashes = hashes;
        Kind[] oldKinds = Arrays.copyOf(kinds, kinds.length);
        hashes = new long[oldHashes.length * 2];
        kinds = new Kind[hashes.length];
        size = 0;
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                store(oldHashes[i], oldKinds[i]);
            }
        }
    }
}
