package dev.gantry.agent.orders;

import dev.gantry.agent.container.Container;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.linux.cgroup.CgroupException;
import dev.gantry.linux.cgroup.Cgroups;
import dev.gantry.linux.cgroup.ContainerCgroup;
import java.util.function.Consumer;

/**
 * Stops every process of a container in its tracks, and lets them go on: the freezer of its control group. The kernel remembers it, so a container
 * that is paused stays so when this agent ends, and nothing of it stands in the journal.
 */
public final class Pauses {
    private final Cgroups cgroups;

    public Pauses(Cgroups cgroups) {
        this.cgroups = cgroups;
    }

    void pause(Container container) {
        change("pause", container, ContainerCgroup::freeze);
    }

    void unpause(Container container) {
        change("unpause", container, ContainerCgroup::thaw);
    }

    /** What is frozen hears no signal. Of a container that is not: nothing. */
    void thaw(Container container) {
        cgroups.find(container.id()).filter(ContainerCgroup::frozen).ifPresent(ContainerCgroup::thaw);
    }

    /** @throws dev.gantry.contracts.error.GantryException PAUSED_EXEC */
    public void refuseExec(Container container) {
        if (cgroups.find(container.id()).filter(ContainerCgroup::frozen).isPresent()) {
            throw ErrorCode.PAUSED_EXEC.with(container.id());
        }
    }

    private void change(String verb, Container container, Consumer<ContainerCgroup> change) {
        var group = cgroups.find(container.id())
                // a process whose end is known is being cleaned up
                .filter(_ -> container.run().isPresent()
                        && !container.journal().state().exited())
                .orElseThrow(() -> ErrorCode.NOT_RUNNING.with(container.id()));
        try {
            change.accept(group);
        } catch (CgroupException e) {
            throw ErrorCode.INTERNAL
                    .with("cannot " + verb + " container " + container.id() + ": " + e.getMessage())
                    .causedBy(e);
        }
    }
}
