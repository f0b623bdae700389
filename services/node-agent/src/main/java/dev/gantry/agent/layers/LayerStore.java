package dev.gantry.agent.layers;

import dev.gantry.agent.files.Trees;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.linux.Kernel;
import dev.gantry.oci.digest.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The unpacked layers of this host, one directory per diff id. A layer is there whole or not at all: it is unpacked beside its
 * place and renamed, see {@link Settling} for crashes of the host. Several are fetched and unpacked at once, on platform threads of a bounded pool, since unpacking waits
 * for the disk; who asks for a layer that is on its way waits for the same fetch.
 */
public final class LayerStore implements AutoCloseable {
    static final String UNFINISHED = "tmp-";
    private static final String CONTENT = "diff";
    private static final String PREFIX = "sha256:";
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path directory;
    private final LayerFetch fetch;
    private final ExecutorService pool;
    private final Settling settling;
    private final Map<Digest, CompletableFuture<Path>> underWay = new ConcurrentHashMap<>();

    /** When each was asked for last, by the monotonic clock; what was asked for before this process counts as asked at its start. */
    private final Map<Digest, Long> asked = new ConcurrentHashMap<>();

    private final long born = System.nanoTime();
    private final ReentrantLock turn = new ReentrantLock();

    /**
     * Deletes what an earlier process left unfinished.
     *
     * @param directory holds nothing else; made when missing
     * @param parallel how many layers are unpacked at once
     */
    public LayerStore(Kernel kernel, Path directory, BlobSource blobs, int parallel) {
        this(kernel, directory, blobs, parallel, bootId());
    }

    LayerStore(Kernel kernel, Path directory, BlobSource blobs, int parallel, String bootId) {
        this.directory = directory;
        this.settling = new Settling(kernel, directory);
        this.fetch = new LayerFetch(kernel, blobs);
        this.pool = Executors.newFixedThreadPool(
                parallel, Thread.ofPlatform().daemon().name("layer-", 0).factory());
        begin(bootId);
    }

    /**
     * Makes sure that the layers are here and answers their directories, in the given order. Blocks; cheap when they are.
     *
     * @throws GantryException NO_SUCH_BLOB, DIGEST_MISMATCH, BAD_ARCHIVE naming layer and entry, NO_SPACE, or
     *     SERVICE_AWAY when the store could not be reached; nothing of a failed layer is left
     */
    public List<Path> ensure(List<Layer> layers) throws InterruptedException {
        var futures = layers.stream().map(this::ensure).toList();
        var paths = new ArrayList<Path>();
        for (var future : futures) {
            paths.add(await(future));
        }
        return paths;
    }

    /** Where a layer is when it is here. */
    public Path path(Digest diffId) {
        return place(diffId).resolve(CONTENT);
    }

    public boolean has(Digest diffId) {
        return Files.isDirectory(path(diffId));
    }

    /** Those that are here. */
    public List<Digest> all() {
        try (var places = Files.newDirectoryStream(directory, place -> isLayer(place.getFileName()))) {
            var found = new ArrayList<Digest>();
            places.forEach(place -> found.add(Digest.parse(PREFIX + place.getFileName())));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("list the layers in " + directory, e);
        }
    }

    private static boolean isLayer(Path name) {
        return Digest.isValid(PREFIX + name);
    }

    /** Deletes a layer; what is not there is success. The caller knows that no root is made of it. */
    public void remove(Digest diffId) {
        try {
            if (Files.isDirectory(place(diffId))) {
                delete(diffId, putAside(diffId));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("delete layer " + diffId, e);
        }
    }

    /** Renamed first: a layer is never half there, and what a crash leaves is deleted at the next start. */
    private Path putAside(Digest diffId) throws IOException {
        var doomed = Files.createTempDirectory(directory, UNFINISHED);
        Files.move(place(diffId), doomed.resolve(CONTENT));
        return doomed;
    }

    private static void delete(Digest diffId, Path doomed) {
        try {
            Trees.delete(doomed);
        } catch (IOException e) {
            throw new UncheckedIOException("delete layer " + diffId, e);
        }
    }

    /** Whoever is told that it is here has it for a while. */
    private boolean hasNow(Digest diffId) {
        turn.lock();
        try {
            asked.put(diffId, System.nanoTime());
            return has(diffId);
        } finally {
            turn.unlock();
        }
    }

    /** Those that nobody has asked for so long. */
    List<Digest> idle(Duration grace) {
        return all().stream().filter(layer -> isIdle(layer, grace)).toList();
    }

    private boolean isIdle(Digest layer, Duration grace) {
        return System.nanoTime() - asked.getOrDefault(layer, born) >= grace.toNanos();
    }

    /**
     * Deletes a layer unless somebody has asked for it meanwhile. The caller knows that no root is made of it and no image has it.
     *
     * @return whether it was deleted
     */
    boolean removeIdle(Digest diffId, Duration grace) {
        Path doomed;
        turn.lock();
        try {
            if (!isIdle(diffId, grace) || !Files.isDirectory(place(diffId))) {
                return false;
            }
            doomed = putAside(diffId);
            asked.remove(diffId);
        } catch (IOException e) {
            throw new UncheckedIOException("delete layer " + diffId, e);
        } finally {
            turn.unlock();
        }
        delete(diffId, doomed);
        return true;
    }

    private CompletableFuture<Path> ensure(Layer layer) {
        if (hasNow(layer.diffId())) {
            return CompletableFuture.completedFuture(path(layer.diffId()));
        }
        var mine = new CompletableFuture<Path>();
        var other = underWay.putIfAbsent(layer.diffId(), mine);
        if (other != null) {
            return other;
        }
        pool.execute(() -> complete(mine, layer));
        return mine;
    }

    private void complete(CompletableFuture<Path> future, Layer layer) {
        try {
            if (!has(layer.diffId())) {
                unpack(layer);
            }
            underWay.remove(layer.diffId());
            future.complete(path(layer.diffId()));
        } catch (Throwable e) {
            underWay.remove(layer.diffId());
            future.completeExceptionally(e);
        }
    }

    private void unpack(Layer layer) throws IOException {
        var unfinished = Files.createTempDirectory(directory, UNFINISHED);
        try {
            fetch.into(layer, Files.createDirectory(unfinished.resolve(CONTENT)));
            Files.move(unfinished, place(layer.diffId()));
            settling.settle(place(layer.diffId()));
        } finally {
            Trees.delete(unfinished);
        }
    }

    private Path place(Digest diffId) {
        return directory.resolve(diffId.hex());
    }

    private static Path await(CompletableFuture<Path> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            var cause = Objects.requireNonNullElse(e.getCause(), e);
            // Several may wait for one fetch: each throws an exception of its own.
            throw cause instanceof GantryException known
                    ? known.after("")
                    : ErrorCode.INTERNAL.with("layer: " + cause.getMessage()).causedBy(cause);
        }
    }

    private void begin(String bootId) {
        try {
            Files.createDirectories(directory);
            try (var left = Files.newDirectoryStream(directory, UNFINISHED + "*")) {
                for (var path : left) {
                    Trees.delete(path);
                }
            }
            settling.begin(bootId);
        } catch (IOException e) {
            throw new UncheckedIOException("prepare the layer store in " + directory, e);
        }
    }

    private static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("read " + BOOT_ID, e);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
        settling.close();
    }
}
