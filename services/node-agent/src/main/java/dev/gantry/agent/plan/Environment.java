package dev.gantry.agent.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The environment of a container's program, in Docker's order: its own variables first, overridden by the container's. */
final class Environment {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private Environment() {}

    /** @param variables {@code NAME=value}; one without {@code =} takes a default away */
    static List<String> of(List<String> variables, String hostname, boolean tty, String home) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("PATH", PATH);
        env.put("HOSTNAME", hostname);
        if (tty) {
            env.put("TERM", "xterm");
        }
        for (var variable : variables) {
            var equals = variable.indexOf('=');
            if (equals < 0) {
                env.remove(variable);
            } else {
                env.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        if (env.getOrDefault("HOME", "").isEmpty()) {
            env.put("HOME", home);
        }
        var list = new ArrayList<String>();
        env.forEach((name, value) -> list.add(name + "=" + value));
        return list;
    }
}
