package dev.gantry.registry.distribution;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** A request that is answered with an error of the specification. */
final class Refusal extends RuntimeException {
    private final DistributionError error;

    Refusal(DistributionError error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    DistributionError error() {
        return error;
    }

    /** {@code {"errors":[{"code":...,"message":...}]}}. */
    String body() {
        return new JsonObject()
                .put(
                        "errors",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("code", error.name())
                                        .put(
                                                "message",
                                                Optional.ofNullable(getMessage())
                                                        .orElse(""))))
                .encode();
    }
}
