package dev.gantry.gateway.system;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.system.Commit;
import dev.gantry.contracts.docker.system.FirewallBackend;
import dev.gantry.contracts.docker.system.IndexInfo;
import dev.gantry.contracts.docker.system.PluginsInfo;
import dev.gantry.contracts.docker.system.RegistryConfig;
import dev.gantry.contracts.docker.system.Runtime;
import dev.gantry.contracts.docker.system.SwarmInfo;
import dev.gantry.contracts.docker.system.SystemInfo;
import dev.gantry.contracts.docker.system.SystemInfoBuilder;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.contracts.rpc.NodeList;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** The answer to info, out of what the nodes say: a pure function but for the clock. */
final class SystemInfos {
    private static final String INDEX = "https://index.docker.io/v1/";

    /** What the engine says where nothing was configured; clients look up the first for their credentials. */
    private static final RegistryConfig REGISTRIES =
            new RegistryConfig(Map.of("docker.io", new IndexInfo(List.of(), "docker.io", true, true)), List.of(), null);

    private final String id;

    SystemInfos(String instance) {
        this.id = UUID.nameUUIDFromBytes(("gantry/" + instance).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    SystemInfo of(List<NodeList.Node> nodes, NodeFacts facts, int images) {
        var limits = limits(SystemInfoBuilder.builder(DockerJson.empty(SystemInfo.class)), facts);
        return host(counts(limits, nodes), facts)
                .id(id)
                .images(images)
                .systemTime(Instant.now())
                .loggingDriver("json-file")
                .indexServerAddress(INDEX)
                .registryConfig(REGISTRIES)
                .serverVersion(EngineVersion.ENGINE)
                .plugins(new PluginsInfo(facts.volumeDrivers(), facts.networkDrivers(), null, facts.logDrivers()))
                .runtimes(Map.of(facts.runtime(), new Runtime("", null, null)))
                .defaultRuntime(facts.runtime())
                .runcCommit(new Commit(facts.runtimeVersion()))
                .firewallBackend(facts.firewall().isEmpty() ? null : new FirewallBackend(facts.firewall(), null))
                .swarm(new SwarmInfo("", "", "inactive", false, "", null, 0, 0, null))
                .warnings(warnings(nodes, facts))
                .build();
    }

    private static SystemInfoBuilder counts(SystemInfoBuilder info, List<NodeList.Node> nodes) {
        return info.containers(sum(nodes, NodeList.Node::getContainers))
                .containersRunning(sum(nodes, NodeList.Node::getRunning))
                .containersPaused(sum(nodes, NodeList.Node::getPaused))
                .containersStopped(sum(nodes, NodeList.Node::getStopped));
    }

    private static int sum(List<NodeList.Node> nodes, ToIntFunction<NodeList.Node> count) {
        return nodes.stream().mapToInt(count).sum();
    }

    private static SystemInfoBuilder limits(SystemInfoBuilder info, NodeFacts facts) {
        return info.memoryLimit(facts.memoryLimit())
                .swapLimit(facts.swapLimit())
                .kernelMemoryTcp(facts.kernelMemoryTcp())
                .cpuCfsPeriod(facts.cpuCfs())
                .cpuCfsQuota(facts.cpuCfs())
                .cpuShares(facts.cpuShares())
                .cpuSet(facts.cpuset())
                .pidsLimit(facts.pidsLimit())
                .oomKillDisable(facts.oomKillDisable())
                .ipv4Forwarding(facts.ipv4Forwarding());
    }

    private static SystemInfoBuilder host(SystemInfoBuilder info, NodeFacts facts) {
        return info.name(facts.name())
                .kernelVersion(facts.kernelVersion())
                .operatingSystem(facts.operatingSystem())
                .osVersion(facts.osVersion())
                .osType("linux")
                .architecture(facts.architecture())
                .cpus(facts.cpus())
                .memTotal(facts.memoryBytes())
                .cgroupDriver(facts.cgroupDriver())
                .cgroupVersion(facts.cgroupVersion() == 0 ? "" : Integer.toString(facts.cgroupVersion()))
                .driver(facts.storageDriver())
                .driverStatus(facts.storageStatus())
                .dockerRootDir(facts.dataRoot())
                .securityOptions(facts.securityOptions())
                .labels(List.of());
    }

    private static List<String> warnings(List<NodeList.Node> nodes, NodeFacts facts) {
        var away = nodes.stream()
                .filter(node -> !node.getReady())
                .map(node -> "WARNING: node " + node.getName() + " is not ready");
        var none = nodes.isEmpty()
                ? Stream.of("WARNING: no node has joined yet: no container can run")
                : Stream.<String>of();
        return Stream.of(facts.warnings().stream(), away, none)
                .flatMap(warning -> warning)
                .toList();
    }
}
