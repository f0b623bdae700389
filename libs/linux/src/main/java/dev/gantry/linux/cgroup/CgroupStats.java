package dev.gantry.linux.cgroup;

/**
 * Counters of a group at one moment.
 *
 * @param cpuNanos CPU time since the group was made, nanoseconds
 * @param cpuUserNanos of it in user mode
 * @param cpuSystemNanos of it in the kernel
 * @param throttledPeriods periods in which the quota ran out
 * @param memoryBytes used now, page cache included
 * @param memoryMaxBytes the most that was used; 0: the kernel does not say
 * @param memoryLimitBytes {@link Long#MAX_VALUE}: none
 * @param inactiveFileBytes cache that can be dropped at once; clients subtract it from memoryBytes
 * @param pids processes and threads now
 * @param pidsLimit 0: none
 */
public record CgroupStats(
        long cpuNanos,
        long cpuUserNanos,
        long cpuSystemNanos,
        long periods,
        long throttledPeriods,
        long throttledNanos,
        long memoryBytes,
        long memoryMaxBytes,
        long memoryLimitBytes,
        long memoryFailures,
        long inactiveFileBytes,
        long pids,
        long pidsLimit) {}
