package dev.gantry.contracts.docker.create;

import dev.gantry.contracts.docker.container.HostConfigBuilder;
import dev.gantry.contracts.node.NodeFacts;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Limits: refused when they contradict themselves or the node, discarded with a warning where its kernel has no such limit. */
final class ResourceRules {
    static final long MIN_MEMORY = 6L << 20;
    private static final long NANOS_PER_CPU = 1_000_000_000L;
    private static final long MIN_CFS_MICROS = 1_000;
    private static final long MAX_CFS_MICROS = 1_000_000;

    private final HostConfigBuilder host;
    private final NodeFacts node;
    private final List<String> warnings;

    private ResourceRules(HostConfigBuilder host, NodeFacts node, List<String> warnings) {
        this.host = host;
        this.node = node;
        this.warnings = warnings;
    }

    static void apply(HostConfigBuilder host, NodeFacts node, List<String> warnings) {
        ResourceRules rules = new ResourceRules(host, node, warnings);
        rules.memory();
        rules.swapAlone();
        rules.swappiness();
        rules.reservation();
        rules.oomKiller();
        rules.pids();
        rules.cpus();
        rules.scheduler();
        rules.cpuset();
        rules.blockIo();
        rules.swapDefault();
    }

    /** Of what is to change alone: what goes together with it may have been set before. */
    static void applyUpdate(HostConfigBuilder host, NodeFacts node, List<String> warnings) {
        ResourceRules rules = new ResourceRules(host, node, warnings);
        rules.memory();
        rules.reservation();
        rules.pids();
        rules.cpus();
        rules.scheduler();
        rules.cpuset();
    }

    private void memory() {
        refuseIf(host.memory() != 0 && host.memory() < MIN_MEMORY, "Minimum memory limit allowed is 6MB");
        if (host.memory() > 0 && !node.memoryLimit()) {
            warn("memory limit capabilities or the cgroup is not mounted. Limitation discarded.");
            host.memory(0).memorySwap(-1);
        }
        if (host.memory() > 0 && host.memorySwap() != -1 && !node.swapLimit()) {
            warn("swap limit capabilities or the cgroup is not mounted. Memory limited without swap.");
            host.memorySwap(-1);
        }
        refuseIf(
                host.memory() > 0 && host.memorySwap() > 0 && host.memorySwap() < host.memory(),
                "Minimum memoryswap limit should be larger than memory limit, see usage");
    }

    private void swapAlone() {
        refuseIf(
                host.memory() == 0 && host.memorySwap() > 0,
                "You should always set the Memory limit when using Memoryswap limit, see usage");
    }

    private void swappiness() {
        Long swappiness = host.memorySwappiness();
        if (swappiness == null || swappiness == -1) {
            host.memorySwappiness(null);
            return;
        }
        refuseIf(
                swappiness < 0 || swappiness > 100,
                "Invalid value: " + swappiness + ", valid memory swappiness range is 0-100");
        if (node.cgroupVersion() == 2) {
            warn("memory swappiness capabilities or the cgroup is not mounted. Memory swappiness discarded.");
            host.memorySwappiness(null);
        }
    }

    private void reservation() {
        if (host.memoryReservation() > 0 && !node.memoryLimit()) {
            warn("memory soft limit capabilities or the cgroup is not mounted. Limitation discarded.");
            host.memoryReservation(0);
        }
        refuseIf(
                host.memoryReservation() > 0 && host.memoryReservation() < MIN_MEMORY,
                "Minimum memory reservation allowed is 6MB");
        refuseIf(
                host.memory() > 0 && host.memoryReservation() > host.memory(),
                "Minimum memory limit can not be less than memory reservation limit, see usage");
    }

    /** False rather than null where the OOM killer can be switched off; null where it cannot. */
    private void oomKiller() {
        Boolean disable = host.oomKillDisable();
        if (node.oomKillDisable()) {
            host.oomKillDisable(Boolean.TRUE.equals(disable));
            return;
        }
        if (Boolean.TRUE.equals(disable)) {
            warn("OomKillDisable. OomKillDisable discarded.");
        }
        host.oomKillDisable(null);
    }

    private void pids() {
        Long limit = host.pidsLimit();
        if (limit == null || limit == 0) {
            host.pidsLimit(null);
        } else if (!node.pidsLimit()) {
            if (limit > 0) {
                warn("PIDs limit capabilities or the cgroup is not mounted. PIDs limit discarded.");
            }
            host.pidsLimit(null);
        }
    }

    private void cpus() {
        long nanos = host.nanoCpus();
        if (nanos == 0) {
            return;
        }
        refuseIf(host.cpuPeriod() > 0, "Conflicting options: Nano CPUs and CPU Period cannot both be set.");
        refuseIf(host.cpuQuota() > 0, "Conflicting options: Nano CPUs and CPU Quota cannot both be set.");
        refuseIf(
                !node.cpuCfs(),
                "NanoCPUs can not be set, as your kernel does not support CPU CFS scheduler or the cgroup is not mounted");
        refuseIf(
                nanos < 0 || nanos > node.cpus() * NANOS_PER_CPU,
                String.format(
                        Locale.ROOT,
                        "range of CPUs is from 0.01 to %d.00, as there are only %d CPUs available",
                        node.cpus(),
                        node.cpus()));
    }

    private void scheduler() {
        if (host.cpuShares() > 0 && !node.cpuShares()) {
            warn("CPU shares or the cgroup is not mounted. Shares discarded.");
            host.cpuShares(0);
        }
        if ((host.cpuPeriod() != 0 || host.cpuQuota() != 0) && !node.cpuCfs()) {
            warn("CPU CFS scheduler or the cgroup is not mounted. Period and quota discarded.");
            host.cpuPeriod(0).cpuQuota(0);
        }
        long period = host.cpuPeriod();
        refuseIf(
                period != 0 && (period < MIN_CFS_MICROS || period > MAX_CFS_MICROS),
                "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)");
        refuseIf(
                host.cpuQuota() > 0 && host.cpuQuota() < MIN_CFS_MICROS,
                "CPU cfs quota can not be less than 1ms (i.e. 1000)");
    }

    private void cpuset() {
        if ((!host.cpusetCpus().isEmpty() || !host.cpusetMems().isEmpty()) && !node.cpuset()) {
            warn("cpuset or the cgroup is not mounted. Cpuset discarded.");
            host.cpusetCpus("").cpusetMems("");
        }
        String asked = host.cpusetCpus();
        Integer highest = highest("cpuset cpus", asked);
        refuseIf(
                highest != null && highest >= node.cpus(),
                "Requested CPUs are not available - requested " + asked + ", available: " + available());
        highest("cpuset mems", host.cpusetMems());
    }

    private String available() {
        return node.cpus() <= 1 ? "0" : "0-" + (node.cpus() - 1);
    }

    private static @Nullable Integer highest(String what, String asked) {
        try {
            return CpuList.highest(asked);
        } catch (NumberFormatException e) {
            throw ConfigRules.refused("Invalid value " + asked + " for " + what).causedBy(e);
        }
    }

    private void blockIo() {
        if (host.blkioWeight() > 0 && !node.blkioWeight()) {
            warn("Block I/O weight or the cgroup is not mounted. Weight discarded.");
            host.blkioWeight(0);
        }
        int weight = host.blkioWeight();
        refuseIf(weight != 0 && (weight < 10 || weight > 1000), "Range of blkio weight is from 10 to 1000");
        refuseIf(
                host.ioMaximumBandwidth() != 0 || host.ioMaximumIops() != 0,
                "Invalid QoS settings: linux does not support Maximum IO Bandwidth or Maximum IO IOps");
    }

    /** With a memory limit and no word on swap, as much swap again. */
    private void swapDefault() {
        if (host.memory() > 0 && host.memorySwap() == 0) {
            host.memorySwap(host.memory() > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * host.memory());
        }
    }

    private void warn(String lacking) {
        warnings.add("Your kernel does not support " + lacking);
    }

    private static void refuseIf(boolean refused, String message) {
        if (refused) {
            throw ConfigRules.refused(message);
        }
    }
}
