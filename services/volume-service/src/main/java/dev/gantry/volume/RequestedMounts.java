package dev.gantry.volume;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.error.ErrorCode;

/** The mounts in a plan request: a document of lists and maps, each of which has to be empty. */
final class RequestedMounts {
    private RequestedMounts() {}

    /** @throws dev.gantry.contracts.error.GantryException NOT_IMPLEMENTED with the first thing that is asked for */
    static void refuseAny(byte[] json) {
        if (json.length == 0) {
            return;
        }
        for (var field : DockerJson.parse(json).properties()) {
            if (!field.getValue().isEmpty()) {
                throw ErrorCode.NOT_IMPLEMENTED.with(field.getKey() + " (" + first(field.getValue()) + ")");
            }
        }
    }

    private static String first(JsonNode mounts) {
        if (mounts.isObject()) {
            return mounts.fieldNames().next();
        }
        var mount = mounts.get(0);
        return mount.isTextual() ? mount.asText() : mount.path("Target").asText();
    }
}
