package dev.gantry.contracts.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gantry.contracts.error.ErrorCode;
import java.util.Map;

/** No text of Docker's may hold a NUL byte: the kernel and PostgreSQL would cut it off or refuse it later, half-way. */
final class Nuls {
    private Nuls() {}

    static void refuse(JsonNode json) {
        refuse(json, Path.ROOT);
    }

    private static void refuse(JsonNode json, Path path) {
        if (json.isTextual()) {
            refuse(json.textValue(), path);
        } else if (json.isObject()) {
            for (Map.Entry<String, JsonNode> field : json.properties()) {
                refuse(field.getKey(), path);
                refuse(field.getValue(), path.field(field.getKey()));
            }
        } else if (json.isArray()) {
            for (int i = 0; i < json.size(); i++) {
                refuse(json.get(i), path.item(i));
            }
        }
    }

    private static void refuse(String text, Path path) {
        if (text.indexOf('\0') >= 0) {
            throw ErrorCode.INVALID_PARAMETER.with("invalid value for " + path + ": it holds a NUL byte");
        }
    }
}
