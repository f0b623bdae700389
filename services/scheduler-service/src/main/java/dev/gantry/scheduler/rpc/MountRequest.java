package dev.gantry.scheduler.rpc;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.Mount;
import dev.gantry.scheduler.container.Container;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The mounts that a container's configuration asks for, in all the places where Docker has them. */
record MountRequest(
        List<String> binds,
        List<Mount> mounts,
        Map<String, String> tmpfs,
        Set<String> volumes,
        List<String> volumesFrom,
        String volumeDriver) {
    static MountRequest of(Container container) {
        var host = container.spec().hostConfig();
        return new MountRequest(
                Empty.ifNull(host.binds()),
                Empty.ifNull(host.mounts()),
                Empty.ifNull(host.tmpfs()),
                Empty.ifNull(container.spec().config().volumes()),
                Empty.ifNull(host.volumesFrom()),
                host.volumeDriver());
    }

    boolean isEmpty() {
        return binds.isEmpty() && mounts.isEmpty() && tmpfs.isEmpty() && volumes.isEmpty() && volumesFrom.isEmpty();
    }
}
