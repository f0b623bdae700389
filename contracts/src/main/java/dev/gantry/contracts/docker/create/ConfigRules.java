package dev.gantry.contracts.docker.create;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.ContainerConfigBuilder;
import dev.gantry.contracts.docker.container.HealthConfig;
import dev.gantry.contracts.docker.container.Signal;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import java.util.ArrayDeque;
import java.util.Deque;

/** What Docker refuses in a container's own configuration. */
final class ConfigRules {
    private static final long MILLISECOND = 1_000_000;

    private ConfigRules() {}

    static ContainerConfig checked(ContainerConfig config) {
        if (!config.stopSignal().isEmpty()) {
            Signal.number(config.stopSignal());
        }
        Empty.ifNull(config.env()).forEach(ConfigRules::variable);
        HealthConfig health = config.healthcheck();
        if (health != null) {
            healthcheck(health);
        }
        return ContainerConfigBuilder.builder(config)
                .workingDir(directory(config.workingDir()))
                .build();
    }

    private static void variable(String entry) {
        if (entry.isEmpty() || entry.startsWith("=")) {
            throw refused("invalid environment variable: " + entry);
        }
    }

    private static String directory(String path) {
        if (path.isEmpty()) {
            return path;
        }
        if (!path.startsWith("/")) {
            throw refused("the working directory '" + path + "' is invalid, it needs to be an absolute path");
        }
        return clean(path);
    }

    /** An absolute path without empty, {@code .} and {@code ..} parts, as {@code filepath.Clean} makes it. */
    static String clean(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/+")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    private static void healthcheck(HealthConfig health) {
        atLeastAMillisecond("Interval", health.interval());
        atLeastAMillisecond("Timeout", health.timeout());
        if (health.retries() < 0) {
            throw refused("Retries in Healthcheck cannot be negative");
        }
        atLeastAMillisecond("StartPeriod", health.startPeriod());
        atLeastAMillisecond("StartInterval", health.startInterval());
    }

    private static void atLeastAMillisecond(String field, long nanos) {
        if (nanos != 0 && nanos < MILLISECOND) {
            throw refused(field + " in Healthcheck cannot be less than 1ms");
        }
    }

    static GantryException refused(String message) {
        return ErrorCode.INVALID_PARAMETER.with(message);
    }
}
