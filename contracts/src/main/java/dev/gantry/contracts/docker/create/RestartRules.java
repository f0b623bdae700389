package dev.gantry.contracts.docker.create;

import dev.gantry.contracts.docker.container.RestartPolicy;
import dev.gantry.contracts.error.GantryException;

/** The restart policies there are, and what a retry count may stand beside. */
final class RestartRules {
    private RestartRules() {}

    static void check(RestartPolicy policy) {
        switch (policy.name()) {
            case "", "no", "always", "unless-stopped" -> {
                if (policy.maximumRetryCount() > 0) {
                    throw refused("maximum retry count can only be used with 'on-failure'");
                } else if (policy.maximumRetryCount() < 0) {
                    throw refused("maximum retry count can only be used with 'on-failure' and cannot be negative");
                }
            }
            case "on-failure" -> {
                if (policy.maximumRetryCount() < 0) {
                    throw refused("maximum retry count cannot be negative");
                }
            }
            default ->
                throw refused("unknown policy '" + policy.name()
                        + "'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'");
        }
    }

    static RestartPolicy filled(RestartPolicy policy) {
        return policy.name().isEmpty() ? new RestartPolicy("no", policy.maximumRetryCount()) : policy;
    }

    private static GantryException refused(String why) {
        return ConfigRules.refused("invalid restart policy: " + why);
    }
}
