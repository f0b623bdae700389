package dev.gantry.scheduler.rpc;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.mount.ContainerMounts;
import dev.gantry.contracts.docker.mount.PlannedMount;
import dev.gantry.contracts.rpc.MountPlan;
import dev.gantry.contracts.rpc.VolumeClaim;
import dev.gantry.scheduler.container.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A container's mounts in the words of the calls. */
final class MountRequest {
    private MountRequest() {}

    static VolumeClaim claim(PlannedMount mount) {
        return VolumeClaim.newBuilder()
                .setName(mount.point().name())
                .setTarget(mount.destination())
                .setAnonymous(mount.anonymous())
                .setDriver(mount.point().driver())
                .putAllOptions(mount.driverOptions())
                .putAllLabels(Empty.ifNull(mount.labels()))
                .setLabelled(mount.labels() != null)
                .build();
    }

    /**
     * What the agent mounts, in this order.
     *
     * @param ofVolumes as volume-service planned them; the rest is planned here
     */
    static List<MountPlan> plans(Spec spec, List<MountPlan> ofVolumes) {
        var tmpfs = ContainerMounts.tmpfs(spec.hostConfig());
        var volumes = ofVolumes.stream().collect(Collectors.toMap(MountPlan::getTarget, Function.identity()));
        var plans = new ArrayList<MountPlan>();
        spec.mounts().stream()
                .filter(mount -> !tmpfs.containsKey(mount.destination()))
                .map(mount -> volumes.getOrDefault(mount.destination(), plan(mount)))
                .forEach(plans::add);
        tmpfs.forEach((target, options) -> plans.add(MountPlan.newBuilder()
                .setType(PlannedMount.TMPFS)
                .setTarget(target)
                .addAllOptions(options)
                .build()));
        return ContainerMounts.deepestLast(plans, MountPlan::getTarget);
    }

    private static MountPlan plan(PlannedMount mount) {
        return MountPlan.newBuilder()
                .setType(mount.point().type())
                .setSource(mount.point().source())
                .setTarget(mount.destination())
                .setReadOnly(!mount.point().rw())
                .addAllOptions(mount.options())
                .setMakeSource(mount.makeSource())
                .build();
    }
}
