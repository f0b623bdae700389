package dev.gantry.gateway.create;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.error.ErrorCode;
import java.util.Set;

/** The body of an update: the resources and the restart policy of a host config. */
public final class UpdateRequest {
    /** What the engine changes of a container that is there; everything else in the body it ignores. */
    private static final Set<String> CHANGED = Set.of(
            "BlkioWeight",
            "CpuPeriod",
            "CpuQuota",
            "CpuRealtimePeriod",
            "CpuRealtimeRuntime",
            "CpuShares",
            "CpusetCpus",
            "CpusetMems",
            "Memory",
            "MemoryReservation",
            "MemorySwap",
            "NanoCpus",
            "PidsLimit",
            "RestartPolicy");

    private UpdateRequest() {}

    /** @throws dev.gantry.contracts.error.GantryException 400 for what is malformed, 501 naming the field that has no effect yet */
    public static HostConfig read(byte[] json) {
        var wish = DockerJson.read(json, HostConfig.class);
        var fields = JsonNodeFactory.instance.objectNode();
        DockerJson.tree(wish).properties().stream()
                .filter(field -> CHANGED.contains(field.getKey()))
                .forEach(field -> fields.set(field.getKey(), field.getValue()));
        var body = JsonNodeFactory.instance.objectNode().set("HostConfig", fields);
        NeutralFields.firstUnbuilt(body).ifPresent(field -> {
            throw ErrorCode.NOT_IMPLEMENTED.with(field);
        });
        return wish;
    }
}
