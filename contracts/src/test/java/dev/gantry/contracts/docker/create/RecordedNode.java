package dev.gantry.contracts.docker.create;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.contracts.node.NodeFactsBuilder;
import java.util.List;

/** The host the recordings were made on. */
final class RecordedNode {
    static final NodeFacts FACTS = NodeFactsBuilder.builder(DockerJson.empty(NodeFacts.class))
            .name("host")
            .cpus(2)
            .memoryBytes(25_276_502_016L)
            .cgroupVersion(1)
            .cgroupDriver("cgroupfs")
            .memoryLimit(true)
            .swapLimit(true)
            .kernelMemoryTcp(true)
            .cpuCfs(true)
            .cpuShares(true)
            .cpuset(true)
            .pidsLimit(true)
            .oomKillDisable(true)
            .blkioWeight(false)
            .ipv4Forwarding(true)
            .logDrivers(List.of("json-file", "local", "none"))
            .runtime("runc")
            .build();

    /** A create that was refused. */
    record Refusal(int recording, int exchange) {}

    static final List<Refusal> REFUSALS = List.of(
            new Refusal(36, 7),
            new Refusal(40, 2),
            new Refusal(40, 4),
            new Refusal(40, 6),
            new Refusal(40, 8),
            new Refusal(40, 10),
            new Refusal(40, 12),
            new Refusal(40, 14),
            new Refusal(42, 2),
            new Refusal(47, 2),
            new Refusal(47, 4),
            new Refusal(48, 18),
            new Refusal(48, 20),
            new Refusal(49, 3),
            new Refusal(49, 11),
            new Refusal(49, 13),
            new Refusal(49, 15),
            new Refusal(49, 19),
            new Refusal(253, 4),
            new Refusal(254, 5));

    private RecordedNode() {}
}
