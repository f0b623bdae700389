package dev.gantry.agent.rootfs;

import dev.gantry.agent.files.Trees;
import dev.gantry.linux.Fd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The roots of this host's containers, each in {@code <containers>/<id>/rootfs}. Calls wait for disks. */
public final class RootFilesystems {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    private static final String DIRECTORY = "rootfs";

    private final StorageDriver driver;
    private final Path containers;

    /** @param containers the directory with one directory per container id */
    public RootFilesystems(StorageDriver driver, Path containers) {
        this.driver = driver;
        this.containers = containers;
    }

    public String driver() {
        return driver.name();
    }

    /**
     * A detached mount of the container's root, on top of what it wrote before. The caller closes it once it is attached;
     * until {@link #release} any number may be made, one after the other.
     *
     * @param layers the image's layers as {@link dev.gantry.agent.layers.LayerStore#ensure} gave them, the lowest first
     * @throws dev.gantry.linux.KernelException naming the call that failed; nothing is left mounted
     */
    public Fd prepare(String container, List<Path> layers) {
        return prepare(container, layers, Durability.DURABLE);
    }

    /** As {@link #prepare(String, List)}; a container that is removed when it ends wants {@link Durability#EPHEMERAL}. */
    public Fd prepare(String container, List<Path> layers, Durability durability) {
        return driver.mount(directory(container), layers, durability);
    }

    /** A detached mount of the container's root as it is, to be read only. The caller closes it. */
    public Fd view(String container, List<Path> layers) {
        return driver.view(directory(container), layers);
    }

    /** Where the container's changes are, for diff and commit. */
    public Path changes(String container) {
        return driver.changes(directory(container));
    }

    /** Deletes what the container wrote. What is not there is success. The container must not run. */
    public void release(String container) {
        var directory = directory(container);
        try {
            Trees.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("delete the root of container " + container, e);
        }
    }

    public boolean exists(String container) {
        return Files.isDirectory(directory(container));
    }

    private Path directory(String container) {
        if (!ID.matcher(container).matches()) {
            throw new IllegalArgumentException("container id is not 64 hex digits");
        }
        return containers.resolve(container).resolve(DIRECTORY);
    }
}
