package dev.gantry.agent.orders;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.journal.Entry;
import dev.gantry.agent.plan.LimitsOf;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.UpdateOrder;
import dev.gantry.linux.cgroup.CgroupException;
import dev.gantry.linux.cgroup.Cgroups;

/** Changes the limits of what runs, and what the next run is made with. */
public final class Updates {
    private final Cgroups cgroups;

    public Updates(Cgroups cgroups) {
        this.cgroups = cgroups;
    }

    /** The journal comes last: what the kernel refused is no part of the next run. */
    void update(Container container, UpdateOrder order) {
        var host = DockerJson.read(order.getHostConfig().toByteArray(), HostConfig.class);
        container.transition().lock(); // a run that begins meanwhile has the one or the other, and all of it
        try {
            if (container.run().isPresent()) {
                cgroups.find(container.id()).ifPresent(group -> group.update(LimitsOf.hostConfig(host)));
            }
            container.journal().append(new Entry.Updated(order));
        } catch (CgroupException e) {
            throw ErrorCode.INTERNAL
                    .with("Cannot update container " + container.id() + ": " + e.getMessage())
                    .causedBy(e);
        } finally {
            container.transition().unlock();
        }
    }
}
