package dev.gantry.linux.launch;

import java.util.List;

/**
 * What the host's file system says about the sources of binds.
 *
 * @param directories for each bind, in the order of the mounts, whether its source is a directory
 */
record SourceKinds(List<Boolean> directories) {
    SourceKinds {
        directories = List.copyOf(directories);
    }
}
