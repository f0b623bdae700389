package dev.gantry.agent.usage;

import dev.gantry.contracts.rpc.UsageSample;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What /proc tells, read as proc(5) has it. */
final class HostCounters {
    private static final long NANOS_PER_TICK = 10_000_000; // USER_HZ is 100 on every kernel that Java runs on
    /** user, nice, system, idle, iowait, irq, softirq: what Docker adds up. */
    private static final int CPU_FIELDS = 7;

    private static final Pattern CPU = Pattern.compile("(?m)^cpu[0-9]+ ");
    private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal: +([0-9]+) kB$");
    private static final int INTERFACE_FIELDS = 16;
    private static final int TRANSMITTED = 8;

    private HostCounters() {}

    /** Of the first line of /proc/stat, in nanoseconds. */
    static long cpu(String stat) {
        return Stream.of(stat.lines().findFirst().orElse("").trim().split(" +"))
                        .skip(1)
                        .limit(CPU_FIELDS)
                        .mapToLong(Long::parseLong)
                        .sum()
                * NANOS_PER_TICK;
    }

    static int cpus(String stat) {
        return (int) CPU.matcher(stat).results().count();
    }

    /** Of /proc/meminfo, in bytes. */
    static long memory(String meminfo) {
        return MEMORY.matcher(meminfo)
                .results()
                .findFirst()
                .map(line -> Long.parseLong(line.group(1)) << 10)
                .orElse(0L);
    }

    /** Of /proc/PID/net/dev: the interfaces of that process's network namespace but the loopback. */
    static List<UsageSample.Interface> interfaces(String dev) {
        return dev.lines()
                .skip(2)
                .map(line -> line.split(":", 2))
                .filter(line -> line.length == 2 && !line[0].trim().equals("lo"))
                .flatMap(line -> one(line[0].trim(), line[1].trim().split(" +")))
                .toList();
    }

    private static Stream<UsageSample.Interface> one(String name, String[] fields) {
        if (fields.length < INTERFACE_FIELDS) {
            return Stream.empty();
        }
        return Stream.of(UsageSample.Interface.newBuilder()
                .setName(name)
                .setRxBytes(Long.parseLong(fields[0]))
                .setRxPackets(Long.parseLong(fields[1]))
                .setRxErrors(Long.parseLong(fields[2]))
                .setRxDropped(Long.parseLong(fields[3]))
                .setTxBytes(Long.parseLong(fields[TRANSMITTED]))
                .setTxPackets(Long.parseLong(fields[TRANSMITTED + 1]))
                .setTxErrors(Long.parseLong(fields[TRANSMITTED + 2]))
                .setTxDropped(Long.parseLong(fields[TRANSMITTED + 3]))
                .build());
    }
}
