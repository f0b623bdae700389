package dev.gantry.agent.rootfs;

import dev.gantry.linux.Fd;
import java.nio.file.Path;
import java.util.List;

/**
 * How a container's writable root comes from its image's layers.
 *
 * <p>Contract, held by one suite for every driver: what the container writes is kept below its directory and seen again by
 * the next {@link #mount}; layers never change; two containers of one image do not see each other; a mount that fails leaves
 * no mount behind; nothing is ever attached to the host's own tree. Calls may wait for disks: make them on a platform thread.
 */
public interface StorageDriver {
    /** As {@code docker info} names it. */
    String name();

    /**
     * A mount of the root that is attached nowhere; it goes away with the last descriptor and namespace that has it.
     *
     * @param directory the container's own, made when missing
     * @param layers directories of unpacked layers, the lowest first; not empty
     * @param durability what a crash of the host may cost; a driver may keep more than is asked for
     * @throws dev.gantry.linux.KernelException naming the call that failed
     */
    Fd mount(Path directory, List<Path> layers, Durability durability);

    /** As {@link #mount}, to be read only; any number may be there at once, beside a mount that is written to. */
    Fd view(Path directory, List<Path> layers);

    /** Where the container's changes are, for diff and commit. */
    Path changes(Path directory);
}
