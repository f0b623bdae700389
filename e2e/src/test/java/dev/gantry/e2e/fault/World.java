package dev.gantry.e2e.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gantry.e2e.harness.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the platform says at one moment about everything that a test has made.
 *
 * @param containers what inspect says, by name
 * @param histories by container id
 */
public record World(
        Map<String, JsonNode> containers, Set<String> images, Set<String> volumes, Map<String, History> histories) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * @param label of the test's containers
     * @param since in seconds of the epoch, before the first of them was made
     * @throws AssertionError when it does not answer
     */
    public static World of(Platform platform, String label, long since) {
        return new World(
                containers(platform, label),
                lines(platform, "images", "--format", "{{.Repository}}:{{.Tag}}"),
                lines(platform, "volume", "ls", "-q"),
                histories(platform, label, since));
    }

    private static Set<String> lines(Platform platform, String... words) {
        return new HashSet<>(out(platform, words).lines().toList());
    }

    private static String out(Platform platform, String... words) {
        var result = platform.docker(words);
        if (result.exit() != 0) {
            throw new AssertionError("docker " + String.join(" ", words) + ": " + result.err());
        }
        return result.out();
    }

    private static Map<String, JsonNode> containers(Platform platform, String label) {
        var words = new ArrayList<>(List.of("inspect", "--type", "container"));
        out(platform, "ps", "-aq", "--no-trunc", "--filter", "label=" + label)
                .lines()
                .forEach(words::add);
        var found = new HashMap<String, JsonNode>();
        if (words.size() > 3) {
            // one that goes meanwhile is an error, the others are still shown
            json(platform.docker(words.toArray(String[]::new)).out())
                    .forEach(each -> found.put(each.path("Name").asText().substring(1), each));
        }
        return found;
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    private static Map<String, History> histories(Platform platform, String label, long since) {
        var events = out(platform, "events", "--since", "" + since, "--until", "0s", "--format", "{{json .}}")
                .lines()
                .map(Event::parse)
                .filter(event -> !event.container().isEmpty())
                .collect(Collectors.groupingBy(Event::container));
        return events.entrySet().stream()
                .filter(entry -> entry.getValue().stream()
                        .anyMatch(event -> event.attributes().containsKey(label)))
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> History.of(entry.getValue())));
    }

    public boolean has(String name) {
        return containers.containsKey(name);
    }

    public String status(String name) {
        return at(name, "/State/Status");
    }

    /** A value of inspect; empty where there is none. */
    public String at(String name, String pointer) {
        var container = containers.get(name);
        return container == null ? "" : container.at(pointer).asText();
    }

    /** Where events and inspect contradict each other, for containers whose name begins with this. */
    public List<String> contradictions(String prefix) {
        var problems = new ArrayList<String>();
        histories.values().stream()
                .filter(history -> history.name().startsWith(prefix))
                .forEach(history -> {
                    problems.addAll(history.problems());
                    if (history.created() && !history.destroyed() && !has(history.name())) {
                        problems.add(history.name() + " is not there, and no event tells of its end: " + history);
                    }
                });
        containers.forEach((name, container) -> {
            if (name.startsWith(prefix)) {
                problems.addAll(contradictions(name, container));
            }
        });
        return problems;
    }

    private List<String> contradictions(String name, JsonNode container) {
        var history = histories.get(container.path("Id").asText());
        if (history == null) {
            return List.of(name + " is there, and no event tells of it");
        }
        var running = container.at("/State/Running").asBoolean();
        var problems = new ArrayList<String>();
        if (history.destroyed()) {
            problems.add(name + " is there, and its events end with destroy");
        }
        if (running != history.running()) {
            problems.add(name + " is " + container.at("/State/Status").asText() + ", its events: " + history);
        }
        var restarts = container.at("/RestartCount").asInt();
        if (history.starts() < restarts) {
            problems.add(name + " was restarted " + restarts + " times, its events: " + history);
        }
        if (running && !alive(container.at("/State/Pid").asLong())) {
            problems.add(name + " is said to run, and its process is gone");
        }
        if (!running && history.openExecs() > 0) {
            problems.add(name + " does not run, and an exec has not ended: " + history);
        }
        if (!running && !history.joined().isEmpty()) {
            problems.add(name + " does not run, and has not left " + history.joined());
        }
        return problems;
    }

    private static boolean alive(long pid) {
        return pid > 0 && ProcessHandle.of(pid).isPresent();
    }
}
