package dev.gantry.linux.cgroup;

import java.util.List;
import java.util.Map;

/**
 * What {@link CgroupStats} does not count, at one moment.
 *
 * @param perCpuNanos CPU time on each CPU, nanoseconds; empty where the kernel does not say (version 2)
 * @param memory the keys and values of {@code memory.stat}, which differ by version
 * @param io by device
 */
public record CgroupDetail(List<Long> perCpuNanos, Map<String, Long> memory, List<BlockIo> io) {
    public CgroupDetail {
        perCpuNanos = List.copyOf(perCpuNanos);
        memory = Map.copyOf(memory);
        io = List.copyOf(io);
    }

    /**
     * What was done on one device.
     *
     * @param operation in the kernel's words: {@code Read} (version 1), {@code read} (version 2)
     */
    public record BlockIo(Unit unit, long major, long minor, String operation, long value) {}

    /** What is counted. */
    public enum Unit {
        BYTES,
        OPERATIONS
    }
}
