package dev.gantry.scheduler.creation;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.container.HostConfigBuilder;
import dev.gantry.contracts.docker.container.LogConfig;
import dev.gantry.contracts.docker.container.RestartPolicy;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A host configuration as Docker stores it: names filled in, neutral values made one. */
final class HostDefaults {
    private static final long SHM_SIZE = 64L << 20;
    private static final List<String> MASKED = List.of(
            "/proc/asound",
            "/proc/acpi",
            "/proc/interrupts",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/sys/firmware",
            "/sys/devices/virtual/powercap");
    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private HostDefaults() {}

    /** @param cgroupVersion of the node: it decides whether a container sees its own cgroups */
    static HostConfig fill(HostConfig asked, int cgroupVersion, String runtime) {
        var builder = HostConfigBuilder.builder(asked)
                .networkMode(networkMode(asked.networkMode()))
                .logConfig(logs(asked.logConfig()))
                .portBindings(Empty.ifNull(asked.portBindings()))
                .restartPolicy(restart(asked.restartPolicy()))
                .capAdd(capabilities(asked.capAdd()))
                .capDrop(capabilities(asked.capDrop()))
                .cgroupnsMode(cgroupns(asked, cgroupVersion))
                .ipcMode(asked.ipcMode().isEmpty() ? "private" : asked.ipcMode())
                .shmSize(asked.shmSize() == 0 ? SHM_SIZE : asked.shmSize())
                .runtime(asked.runtime().isEmpty() ? runtime : asked.runtime())
                .memorySwap(asked.memory() > 0 && asked.memorySwap() == 0 ? 2 * asked.memory() : asked.memorySwap())
                .memorySwappiness(unlessNegative(asked.memorySwappiness()))
                .pidsLimit(asked.pidsLimit() == null || asked.pidsLimit() == 0 ? null : asked.pidsLimit());
        return (asked.privileged() ? privileged(asked, builder) : confined(asked, builder)).build();
    }

    private static HostConfigBuilder privileged(HostConfig asked, HostConfigBuilder builder) {
        return builder.securityOpt(asked.securityOpt() == null ? List.of("label=disable") : asked.securityOpt())
                .maskedPaths(null)
                .readonlyPaths(null);
    }

    private static HostConfigBuilder confined(HostConfig asked, HostConfigBuilder builder) {
        return builder.maskedPaths(asked.maskedPaths() == null ? MASKED : asked.maskedPaths())
                .readonlyPaths(asked.readonlyPaths() == null ? READ_ONLY : asked.readonlyPaths());
    }

    private static String networkMode(String asked) {
        return asked.isEmpty() || asked.equals("default") ? "bridge" : asked;
    }

    private static LogConfig logs(LogConfig asked) {
        return new LogConfig(asked.type().isEmpty() ? "json-file" : asked.type(), Empty.ifNull(asked.config()));
    }

    private static RestartPolicy restart(RestartPolicy asked) {
        return asked.name().isEmpty() ? new RestartPolicy("no", asked.maximumRetryCount()) : asked;
    }

    private static @Nullable List<String> capabilities(@Nullable List<String> asked) {
        return asked == null
                ? null
                : asked.stream().map(HostDefaults::capability).toList();
    }

    private static String capability(String asked) {
        var name = asked.toUpperCase(Locale.ROOT);
        return name.equals("ALL") || name.startsWith("CAP_") ? name : "CAP_" + name;
    }

    private static String cgroupns(HostConfig asked, int cgroupVersion) {
        if (!asked.cgroupnsMode().isEmpty()) {
            return asked.cgroupnsMode();
        }
        return cgroupVersion == 2 && !asked.privileged() ? "private" : "host";
    }

    private static @Nullable Long unlessNegative(@Nullable Long value) {
        return value == null || value < 0 ? null : value;
    }
}
