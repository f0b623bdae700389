package dev.gantry.agent.layers;

import dev.gantry.agent.files.Trees;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.Sys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Which layers have come to the disk. A flush waits for everything that anybody writes, seconds on a busy host, so nobody
 * waits for it: a layer is used from the page cache at once, flushed later together with others, and then marked. The page
 * cache survives every end of the agent; after a boot of the host, layers without a mark are deleted and fetched again.
 */
final class Settling implements AutoCloseable {
    static final String MARK = "durable";
    static final String BOOT = "boot";
    private static final System.Logger LOG = System.getLogger(Settling.class.getName());

    private final Kernel kernel;
    private final Path directory;
    private final BlockingQueue<Path> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private boolean closed;

    Settling(Kernel kernel, Path directory) {
        this.kernel = kernel;
        this.directory = directory;
        this.thread = Thread.ofPlatform().daemon().name("layers-settle").unstarted(this::run);
    }

    /** @param bootId differs from boot to boot of the host */
    void begin(String bootId) throws IOException {
        boolean booted = !bootId.equals(lastBoot());
        for (var layer : unmarked()) {
            if (booted) {
                LOG.log(System.Logger.Level.INFO, "layer {0} may be damaged by a crash: deleted", layer.getFileName());
                Trees.delete(layer);
            } else {
                waiting.add(layer);
            }
        }
        Files.writeString(directory.resolve(BOOT), bootId);
        thread.start();
    }

    void settle(Path layer) {
        waiting.add(layer);
    }

    private String lastBoot() throws IOException {
        try {
            return Files.readString(directory.resolve(BOOT));
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private List<Path> unmarked() throws IOException {
        var found = new ArrayList<Path>();
        try (var layers = Files.newDirectoryStream(directory, Files::isDirectory)) {
            for (var layer : layers) {
                if (!Files.exists(layer.resolve(MARK))) {
                    found.add(layer);
                }
            }
        }
        return found;
    }

    private void run() {
        try {
            while (true) {
                var layers = new ArrayList<>(List.of(waiting.take()));
                waiting.drainTo(layers);
                flush();
                layers.forEach(this::mark);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (KernelException e) {
            LOG.log(System.Logger.Level.WARNING, "layers are not flushed until the next start: {0}", e.getMessage());
        }
    }

    private void flush() {
        try (var root = Fd.own(kernel, kernel.open(directory.toString(), FileCalls.O_DIRECTORY, 0))) {
            kernel.call(Sys.SYNCFS, root);
        }
    }

    /** A mark that a crash takes away again costs one fetch. */
    private synchronized void mark(Path layer) {
        if (closed) {
            return;
        }
        try {
            Files.writeString(layer.resolve(MARK), "");
        } catch (NoSuchFileException e) {
            LOG.log(System.Logger.Level.DEBUG, "layer {0} was removed meanwhile", layer.getFileName());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "layer {0} is not marked: {1}", layer.getFileName(), e.getMessage());
        }
    }

    /** Writes nothing after it has returned; a flush under way is not waited for. */
    @Override
    public synchronized void close() {
        closed = true;
        thread.interrupt();
    }
}
