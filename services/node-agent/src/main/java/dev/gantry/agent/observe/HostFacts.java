package dev.gantry.agent.observe;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.contracts.node.NodeFactsBuilder;
import dev.gantry.linux.cgroup.Cgroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what a node says of itself from {@code /proc} and {@code /etc}. */
public final class HostFacts {
    private static final long KIB = 1024;
    private static final String VERSION = "0.1.0";

    private final String node;
    private final Path data;
    private final Cgroups cgroups;
    private final String storageDriver;
    private final Path root;

    public HostFacts(String node, Path data, Cgroups cgroups, String storageDriver) {
        this(node, data, cgroups, storageDriver, Path.of("/"));
    }

    HostFacts(String node, Path data, Cgroups cgroups, String storageDriver, Path root) {
        this.node = node;
        this.data = data;
        this.cgroups = cgroups;
        this.storageDriver = storageDriver;
        this.root = root;
    }

    public NodeFacts read() {
        var release = release();
        var controllers = controllers();
        var v1 = cgroups.version() == Cgroups.Version.V1;
        var machine = System.getProperty("os.arch", "").equals("amd64") ? "x86_64" : System.getProperty("os.arch", "");
        return NodeFactsBuilder.builder(DockerJson.empty(NodeFacts.class))
                .name(node)
                .agentVersion(VERSION)
                .kernelVersion(System.getProperty("os.version", ""))
                .operatingSystem(release.getOrDefault("PRETTY_NAME", "Linux"))
                .osVersion(release.getOrDefault("VERSION_ID", ""))
                .osType("linux")
                .architecture(machine)
                .platform(machine.equals("x86_64") ? "linux/amd64" : "linux/arm64")
                .cpus(Runtime.getRuntime().availableProcessors())
                .memoryBytes(memory())
                .cgroupVersion(v1 ? 1 : 2)
                .cgroupDriver("cgroupfs")
                .cgroupControllers(controllers)
                .memoryLimit(controllers.contains("memory"))
                .swapLimit(Files.exists(root.resolve("sys/fs/cgroup/memory/memory.memsw.limit_in_bytes")) || !v1)
                .cpuCfs(controllers.contains("cpu"))
                .cpuShares(controllers.contains("cpu"))
                .cpuset(controllers.contains("cpuset"))
                .pidsLimit(controllers.contains("pids"))
                .oomKillDisable(v1)
                .ipv4Forwarding(line("proc/sys/net/ipv4/ip_forward").equals("1"))
                .storageDriver(storageDriver)
                .storageStatus(List.of(List.of("Backing Filesystem", filesystem()), List.of("Supports d_type", "true")))
                .dataRoot(data.toString())
                .securityOptions(List.of("name=seccomp,profile=builtin"))
                .logDrivers(List.of("json-file"))
                .volumeDrivers(List.of("local"))
                .networkDrivers(List.of("bridge", "host", "null"))
                .runtime("gantry")
                .runtimeVersion(VERSION)
                .firewall("nftables")
                .warnings(List.of())
                .build();
    }

    private Map<String, String> release() {
        var values = new TreeMap<String, String>();
        for (var line : lines("etc/os-release")) {
            var equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1).replaceAll("^\"|\"$", ""));
            }
        }
        return values;
    }

    private long memory() {
        return lines("proc/meminfo").stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                .findFirst()
                .orElse(0L);
    }

    /** {@code /proc/cgroups}: name, hierarchy, number of groups, enabled. */
    private List<String> controllers() {
        var enabled = new ArrayList<String>();
        for (var line : lines("proc/cgroups")) {
            if (!line.startsWith("#") && line.endsWith("\t1")) {
                enabled.add(line.substring(0, line.indexOf('\t')));
            }
        }
        return enabled;
    }

    private String filesystem() {
        try {
            return Files.getFileStore(data).type();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private String line(String file) {
        return lines(file).stream().findFirst().map(String::strip).orElse("");
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file));
        } catch (IOException e) {
            return List.of();
        }
    }
}
