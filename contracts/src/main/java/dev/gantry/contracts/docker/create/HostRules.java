package dev.gantry.contracts.docker.create;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.container.HostConfigBuilder;
import dev.gantry.contracts.docker.container.RestartPolicy;
import dev.gantry.contracts.node.NodeFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks a HostConfig and fills its defaults; resources are {@link ResourceRules}' part. */
final class HostRules {
    static final long DEFAULT_SHM_BYTES = 64L << 20;
    static final List<String> MASKED_PATHS = List.of(
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
    static final List<String> READONLY_PATHS =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private static final String DEFAULT_RUNTIME = "runc";
    private static final Pattern IPC = Pattern.compile("|none|private|shareable|host|container:.+");
    private static final Pattern PID = Pattern.compile("|host|container:.+");
    private static final Pattern HOST_ONLY = Pattern.compile("|host");
    private static final Pattern CGROUPNS = Pattern.compile("|private|host");
    private static final int OOM_SCORE_LIMIT = 1000;

    private HostRules() {}

    static HostConfig apply(HostConfig asked, NodeFacts node, List<String> warnings) {
        policies(asked);
        HostConfigBuilder host = HostConfigBuilder.builder(asked)
                .capAdd(Capabilities.normalised("CapAdd", asked.capAdd()))
                .capDrop(Capabilities.normalised("CapDrop", asked.capDrop()));
        ResourceRules.apply(host, node, warnings);
        modes(asked);
        sizes(asked);
        network(asked, node, warnings);
        PortRules.check(asked);
        host.logConfig(LogRules.apply(asked.logConfig(), node)).runtime(runtime(asked.runtime(), node));
        return defaults(host, asked, node).build();
    }

    private static void policies(HostConfig asked) {
        RestartPolicy policy = asked.restartPolicy();
        boolean restarts = !policy.name().isEmpty() && !policy.name().equals("no");
        if (asked.autoRemove() && restarts) {
            throw ConfigRules.refused("can't create 'AutoRemove' container with restart policy");
        }
        RestartRules.check(policy);
        if (!asked.isolation().isEmpty() && !asked.isolation().equals("default")) {
            throw ConfigRules.refused("invalid isolation (" + asked.isolation() + "): linux only supports 'default'");
        }
        if (Empty.ifNull(asked.annotations()).containsKey("")) {
            throw ConfigRules.refused("invalid Annotations: the empty string is not permitted as an annotation key");
        }
    }

    private static void modes(HostConfig asked) {
        valid(IPC, "IPC mode", asked.ipcMode());
        valid(PID, "PID mode", asked.pidMode());
        valid(HOST_ONLY, "UTS mode", asked.utsMode());
        valid(HOST_ONLY, "user namespace mode", asked.usernsMode());
        valid(CGROUPNS, "cgroup namespace mode", asked.cgroupnsMode());
    }

    private static void valid(Pattern pattern, String what, String value) {
        if (!pattern.matcher(value).matches()) {
            throw ConfigRules.refused("invalid " + what + ": " + value);
        }
    }

    private static void sizes(HostConfig asked) {
        if (asked.shmSize() < 0) {
            throw ConfigRules.refused("SHM size can not be less than 0");
        }
        if (Math.abs((long) asked.oomScoreAdj()) > OOM_SCORE_LIMIT) {
            throw ConfigRules.refused(
                    "Invalid value " + asked.oomScoreAdj() + ", range for oom score adj is [-1000, 1000]");
        }
    }

    private static void network(HostConfig asked, NodeFacts node, List<String> warnings) {
        String mode = asked.networkMode();
        boolean forwarding = node.ipv4Forwarding() || mode.equals("host") || mode.equals("none");
        if (!forwarding) {
            warnings.add("IPv4 forwarding is disabled. Networking will not work.");
        }
        if (mode.equals("host") && !Empty.ifNull(asked.portBindings()).isEmpty()) {
            warnings.add("Published ports are discarded when using host network mode");
        }
    }

    private static String runtime(String asked, NodeFacts node) {
        String ours = node.runtime().isEmpty() ? DEFAULT_RUNTIME : node.runtime();
        if (asked.isEmpty()) {
            return ours;
        }
        if (!asked.equals(ours) && !asked.equals(DEFAULT_RUNTIME)) {
            throw ConfigRules.refused("unknown or invalid runtime name: " + asked);
        }
        return asked;
    }

    private static HostConfigBuilder defaults(HostConfigBuilder host, HostConfig asked, NodeFacts node) {
        boolean masks = !asked.privileged();
        return host.networkMode(NetworkRules.mode(asked.networkMode()))
                .restartPolicy(RestartRules.filled(asked.restartPolicy()))
                .links(Empty.ifNull(asked.links()).isEmpty() ? null : asked.links())
                .cgroupnsMode(asked.cgroupnsMode().isEmpty() ? cgroupNamespace(node) : asked.cgroupnsMode())
                .ipcMode(asked.ipcMode().isEmpty() ? "private" : asked.ipcMode())
                .shmSize(asked.shmSize() == 0 ? DEFAULT_SHM_BYTES : asked.shmSize())
                .securityOpt(securityOptions(asked))
                .maskedPaths(masks && asked.maskedPaths() == null ? MASKED_PATHS : asked.maskedPaths())
                .readonlyPaths(masks && asked.readonlyPaths() == null ? READONLY_PATHS : asked.readonlyPaths());
    }

    /** Private with cgroup v2, also for privileged containers; the host's with v1. */
    private static String cgroupNamespace(NodeFacts node) {
        return node.cgroupVersion() == 2 ? "private" : "host";
    }

    /** A container that shares the host's processes or memory cannot be told apart by labels. */
    private static @Nullable List<String> securityOptions(HostConfig asked) {
        List<String> options = new ArrayList<>(Empty.ifNull(asked.securityOpt()));
        boolean shares = asked.privileged()
                || asked.ipcMode().equals("host")
                || asked.pidMode().equals("host");
        boolean labelled = options.stream().anyMatch(option -> option.startsWith("label"));
        if (shares && !labelled) {
            options.add("label=disable");
        }
        return options.isEmpty() ? asked.securityOpt() : List.copyOf(options);
    }
}
