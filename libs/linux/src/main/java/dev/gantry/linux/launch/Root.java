package dev.gantry.linux.launch;

import dev.gantry.linux.Fd;
import java.nio.file.Path;

/** Where a container's files are. */
public sealed interface Root {
    /** Whether the container sees it read-only, its mounts apart. */
    boolean readOnly();

    /** A detached mount, as fsmount or open_tree give it. The launch uses it up: it can be attached once. Still the caller's to close. */
    record Detached(Fd mount, boolean readOnly) implements Root {}

    /** A directory of the host, with whatever is mounted below it. */
    record Directory(Path path, boolean readOnly) implements Root {}
}
