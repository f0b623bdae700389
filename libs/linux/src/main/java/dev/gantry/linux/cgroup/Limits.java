package dev.gantry.linux.cgroup;

import java.util.OptionalLong;

/**
 * The limits of a group in the API's units; 0 and empty mean "not asked for".
 *
 * @param memory bytes; -1: no limit
 * @param memorySwap memory and swap together, bytes; -1: no limit
 * @param memoryReservation bytes, a goal under pressure
 * @param nanoCpus billionths of a CPU; excludes quota and period
 * @param cpuQuota microseconds per period; -1: no limit
 * @param cpuPeriod microseconds
 * @param cpuShares relative weight, 1024 is one share
 * @param cpusetCpus list such as {@code 0-2,4}
 * @param cpusetMems memory nodes
 * @param pids most processes; -1: no limit
 * @param oomKillDisable HostConfig.OomKillDisable, only on version 1
 */
public record Limits(
        long memory,
        long memorySwap,
        long memoryReservation,
        long nanoCpus,
        long cpuQuota,
        long cpuPeriod,
        long cpuShares,
        String cpusetCpus,
        String cpusetMems,
        long pids,
        boolean oomKillDisable,
        DeviceAccess devices) {
    public static final Limits NONE = new Limits(0, 0, 0, 0, 0, 0, 0, "", "", 0, false, DeviceAccess.DOCKER_DEFAULT);
    private static final long BILLION = 1_000_000_000;
    private static final long DEFAULT_PERIOD = 100_000;
    private static final long SHORTEST_QUOTA = 1_000;

    /** Microseconds in {@link #period}, -1 for no limit, empty when no CPU limit was asked for. */
    OptionalLong quota() {
        if (nanoCpus > 0) {
            return OptionalLong.of(Math.max(SHORTEST_QUOTA, nanoCpus / (BILLION / DEFAULT_PERIOD)));
        }
        return cpuQuota == 0 ? OptionalLong.empty() : OptionalLong.of(cpuQuota);
    }

    OptionalLong period() {
        if (nanoCpus > 0) {
            return OptionalLong.of(DEFAULT_PERIOD);
        }
        return cpuPeriod == 0 ? OptionalLong.empty() : OptionalLong.of(cpuPeriod);
    }

    boolean limitsCpu() {
        return nanoCpus > 0 || cpuQuota != 0 || cpuPeriod != 0 || cpuShares != 0;
    }

    boolean limitsCpuset() {
        return !cpusetCpus.isEmpty() || !cpusetMems.isEmpty();
    }

    public Limits withMemory(long bytes) {
        return new Limits(
                bytes,
                memorySwap,
                memoryReservation,
                nanoCpus,
                cpuQuota,
                cpuPeriod,
                cpuShares,
                cpusetCpus,
                cpusetMems,
                pids,
                oomKillDisable,
                devices);
    }

    public Limits withMemorySwap(long bytes) {
        return new Limits(
                memory,
                bytes,
                memoryReservation,
                nanoCpus,
                cpuQuota,
                cpuPeriod,
                cpuShares,
                cpusetCpus,
                cpusetMems,
                pids,
                oomKillDisable,
                devices);
    }

    public Limits withNanoCpus(long billionths) {
        return new Limits(
                memory,
                memorySwap,
                memoryReservation,
                billionths,
                cpuQuota,
                cpuPeriod,
                cpuShares,
                cpusetCpus,
                cpusetMems,
                pids,
                oomKillDisable,
                devices);
    }

    public Limits withPids(long most) {
        return new Limits(
                memory,
                memorySwap,
                memoryReservation,
                nanoCpus,
                cpuQuota,
                cpuPeriod,
                cpuShares,
                cpusetCpus,
                cpusetMems,
                most,
                oomKillDisable,
                devices);
    }

    public Limits withCpuset(String cpus, String mems) {
        return new Limits(
                memory,
                memorySwap,
                memoryReservation,
                nanoCpus,
                cpuQuota,
                cpuPeriod,
                cpuShares,
                cpus,
                mems,
                pids,
                oomKillDisable,
                devices);
    }

    public Limits withDevices(DeviceAccess access) {
        return new Limits(
                memory,
                memorySwap,
                memoryReservation,
                nanoCpus,
                cpuQuota,
                cpuPeriod,
                cpuShares,
                cpusetCpus,
                cpusetMems,
                pids,
                oomKillDisable,
                access);
    }
}
