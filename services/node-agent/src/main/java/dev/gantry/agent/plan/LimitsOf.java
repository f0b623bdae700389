package dev.gantry.agent.plan;

import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.linux.cgroup.DeviceAccess;
import dev.gantry.linux.cgroup.Limits;
import java.util.Optional;

/** The limits that a HostConfig asks for. */
public final class LimitsOf {
    private LimitsOf() {}

    /** Docker's rule: memory without a word about swap may swap as much again. */
    public static Limits hostConfig(HostConfig host) {
        var swap = host.memorySwap() == 0 && host.memory() > 0 ? 2 * host.memory() : host.memorySwap();
        return new Limits(
                host.memory(),
                swap,
                host.memoryReservation(),
                host.nanoCpus(),
                host.cpuQuota(),
                host.cpuPeriod(),
                host.cpuShares(),
                host.cpusetCpus(),
                host.cpusetMems(),
                Optional.ofNullable(host.pidsLimit()).orElse(0L),
                Boolean.TRUE.equals(host.oomKillDisable()),
                host.privileged() ? DeviceAccess.EVERYTHING : DeviceAccess.DOCKER_DEFAULT);
    }
}
