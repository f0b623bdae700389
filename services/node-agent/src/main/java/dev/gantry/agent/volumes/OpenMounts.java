package dev.gantry.agent.volumes;

import dev.gantry.linux.Fd;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a container's mounts found on this host. To be closed when they are made.
 *
 * @param sources of binds and volumes, by target
 * @param modes of the directories that a tmpfs covers, by target
 * @param held what keeps the sources' paths valid
 */
public record OpenMounts(Map<String, Path> sources, Map<String, Integer> modes, List<Fd> held)
        implements AutoCloseable {
    @Override
    public void close() {
        held.forEach(Fd::close);
    }
}
