package dev.gantry.contracts.docker.create;

import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.container.HostConfigBuilder;
import dev.gantry.contracts.docker.container.RestartPolicy;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.node.NodeFacts;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code docker update} makes of a container's host config. What is zero or empty in the wish stays as it is; the rules and their words are
 * Docker's ({@code UpdateContainer} of its container_unix.go).
 *
 * @param hostConfig as it is afterwards
 */
public record UpdatePlan(HostConfig hostConfig, List<String> warnings) {
    public UpdatePlan {
        warnings = List.copyOf(warnings);
    }

    /**
     * @param container its id, for messages
     * @throws dev.gantry.contracts.error.GantryException INVALID_PARAMETER for a wish that no container could have, CONFLICT for one that this one
     *     cannot
     */
    public static UpdatePlan of(String container, HostConfig now, HostConfig wish, NodeFacts node) {
        RestartRules.check(wish.restartPolicy());
        var checked = HostConfigBuilder.builder(wish);
        var warnings = new ArrayList<String>();
        ResourceRules.applyUpdate(checked, node, warnings);
        var valid = checked.build();
        refuseConflicts(container, now, valid);
        return new UpdatePlan(merged(now, valid, wish.pidsLimit() != null), warnings);
    }

    private static void refuseConflicts(String container, HostConfig now, HostConfig wish) {
        refuseIf(
                wish.nanoCpus() > 0 && now.cpuPeriod() > 0,
                container,
                "Conflicting options: Nano CPUs cannot be updated as CPU Period has already been set");
        refuseIf(
                wish.nanoCpus() > 0 && now.cpuQuota() > 0,
                container,
                "Conflicting options: Nano CPUs cannot be updated as CPU Quota has already been set");
        refuseIf(
                wish.cpuPeriod() > 0 && now.nanoCpus() > 0,
                container,
                "Conflicting options: CPU Period cannot be updated as NanoCPUs has already been set");
        refuseIf(
                wish.cpuQuota() > 0 && now.nanoCpus() > 0,
                container,
                "Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set");
        refuseIf(
                wish.memory() > now.memorySwap() && wish.memorySwap() == 0 && wish.memory() != 0,
                container,
                "Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same"
                        + " time");
        refuseIf(
                now.autoRemove() && restarts(wish.restartPolicy()),
                container,
                "Restart policy cannot be updated because AutoRemove is enabled for the container");
    }

    private static boolean restarts(RestartPolicy policy) {
        return !policy.name().isEmpty() && !policy.name().equals("no");
    }

    private static HostConfig merged(HostConfig now, HostConfig wish, boolean pids) {
        var next = HostConfigBuilder.builder(now)
                .nanoCpus(or(wish.nanoCpus(), now.nanoCpus()))
                .cpuPeriod(or(wish.cpuPeriod(), now.cpuPeriod()))
                .cpuQuota(or(wish.cpuQuota(), now.cpuQuota()))
                .cpuShares(wish.cpuShares() == 0 ? now.cpuShares() : wish.cpuShares())
                .cpusetCpus(wish.cpusetCpus().isEmpty() ? now.cpusetCpus() : wish.cpusetCpus())
                .cpusetMems(wish.cpusetMems().isEmpty() ? now.cpusetMems() : wish.cpusetMems())
                .memory(or(wish.memory(), now.memory()))
                .memorySwap(or(wish.memorySwap(), now.memorySwap()))
                .memoryReservation(or(wish.memoryReservation(), now.memoryReservation()));
        if (pids) { // none, for a wish of 0: there is no other word for that in a cgroup that has a limit
            next.pidsLimit(wish.pidsLimit() == null ? Long.valueOf(-1) : wish.pidsLimit());
        }
        if (!wish.restartPolicy().name().isEmpty()) {
            next.restartPolicy(wish.restartPolicy());
        }
        return next.build();
    }

    private static long or(long wish, long now) {
        return wish == 0 ? now : wish;
    }

    private static void refuseIf(boolean refused, String container, String why) {
        if (refused) {
            throw ErrorCode.CONFLICT.with("Cannot update container " + container + ": " + why);
        }
    }
}
