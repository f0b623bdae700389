package dev.gantry.contracts.docker.create;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.LogConfig;
import dev.gantry.contracts.node.NodeFacts;
import java.util.Map;
import java.util.Set;

/** The log drivers a node has, and the options that {@code json-file} knows. */
final class LogRules {
    static final String DEFAULT_DRIVER = "json-file";
    private static final Set<String> JSON_FILE_OPTIONS = Set.of(
            "max-file",
            "max-size",
            "compress",
            "labels",
            "labels-regex",
            "env",
            "env-regex",
            "tag",
            "mode",
            "max-buffer-size",
            "cache-disabled",
            "cache-max-size",
            "cache-max-file",
            "cache-compress");

    private LogRules() {}

    static LogConfig apply(LogConfig asked, NodeFacts node) {
        String driver = asked.type().isEmpty() ? DEFAULT_DRIVER : asked.type();
        boolean known = driver.equals("none")
                || driver.equals(DEFAULT_DRIVER)
                || node.logDrivers().contains(driver);
        if (!known) {
            throw ConfigRules.refused(
                    "error looking up logging plugin " + driver + ": plugin \"" + driver + "\" not found");
        }
        Map<String, String> options = Empty.ifNull(asked.config());
        if (driver.equals(DEFAULT_DRIVER)) {
            options.keySet().stream().sorted().forEach(LogRules::known);
        }
        return new LogConfig(driver, options);
    }

    private static void known(String option) {
        if (!JSON_FILE_OPTIONS.contains(option)) {
            throw ConfigRules.refused("unknown log opt '" + option + "' for json-file log driver");
        }
    }
}
