package dev.gantry.gateway.shim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.gantry.contracts.api.ApiVersion;
import java.util.List;
import java.util.Set;

/** Containers as older API versions showed them. */
public final class ContainerShims {
    private static final int SHORT_ID = 12;
    private static final Set<String> PREDEFINED = Set.of("bridge", "default", "host", "none");

    private ContainerShims() {}

    public static ByteString inspect(ApiVersion version, ByteString document) {
        return Documents.changed(
                document, version.before(45) ? List.of(ContainerShims::shortIdAmongAliases) : List.of());
    }

    /** Up to 1.44 a container's short id stood among its aliases on each network that a user made. */
    private static void shortIdAmongAliases(ObjectNode container) {
        var id = container.path("Id").asText();
        var shortId = id.substring(0, Math.min(SHORT_ID, id.length()));
        container.path("NetworkSettings").path("Networks").properties().forEach(network -> {
            if (!PREDEFINED.contains(network.getKey()) && network.getValue() instanceof ObjectNode endpoint) {
                aliases(endpoint).add(shortId);
            }
        });
    }

    private static ArrayNode aliases(ObjectNode endpoint) {
        return endpoint.path("Aliases") instanceof ArrayNode present ? present : endpoint.putArray("Aliases");
    }
}
