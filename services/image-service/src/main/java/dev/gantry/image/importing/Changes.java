package dev.gantry.image.importing;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.oci.image.ExecutionConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Dockerfile instructions that {@code docker import -c} takes, applied in order to an empty config. */
final class Changes {
    private static final int MAX_CHANGES = 1000;
    private static final int MAX_CHARS = 64 << 10;
    private static final Pattern INSTRUCTION = Pattern.compile("\\s*(\\S+)(?:\\s+(.*))?", Pattern.DOTALL);
    private static final Pattern CONTINUED = Pattern.compile("\\\\[ \\t]*\\n");
    private static final Pattern PORT = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/([a-z]+))?");

    private final Map<String, String> env = new TreeMap<>();
    private final List<String> envOrder = new ArrayList<>();
    private final Map<String, String> labels = new TreeMap<>();
    private final Map<String, Map<String, Object>> ports = new TreeMap<>();
    private final Map<String, Map<String, Object>> volumes = new TreeMap<>();
    private final List<String> onBuild = new ArrayList<>();
    private @Nullable List<String> cmd;
    private @Nullable List<String> entrypoint;
    private dev.gantry.oci.image.@Nullable Healthcheck health;
    private String user = "";
    private String workingDir = "";
    private String stopSignal = "";

    private Changes() {}

    /** @throws GantryException INVALID_PARAMETER that names the change */
    static ExecutionConfig apply(List<String> changes) {
        Changes config = new Changes();
        String text = CONTINUED.matcher(String.join("\n", changes)).replaceAll("");
        if (text.length() > MAX_CHARS || changes.size() > MAX_CHANGES) {
            throw ErrorCode.TOO_LARGE.with("the list of changes", MAX_CHARS);
        }
        for (String line : text.split("\n", -1)) {
            if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                config.apply(line);
            }
        }
        return config.build();
    }

    private void apply(String line) {
        Matcher matcher = INSTRUCTION.matcher(line);
        if (!matcher.matches()) {
            return;
        }
        String word = matcher.group(1).toUpperCase(Locale.ROOT);
        String rest = matcher.group(2) == null ? "" : matcher.group(2).strip();
        try {
            apply(word, rest);
        } catch (IllegalArgumentException e) {
            throw ErrorCode.INVALID_PARAMETER
                    .with(String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    private void apply(String word, String rest) {
        switch (word) {
            case "CMD" -> cmd = commandLine(rest);
            case "ENTRYPOINT" -> entrypoint = commandLine(rest);
            case "ENV" -> pairs(word, rest).forEach(this::setEnv);
            case "LABEL" -> labels.putAll(pairs(word, rest));
            case "EXPOSE" -> words(word, rest).forEach(this::expose);
            case "USER" -> user = one(word, rest);
            case "WORKDIR" -> workingDir = directory(one(word, rest));
            case "VOLUME" ->
                JsonForm.parse(rest).orElseGet(() -> words(word, rest)).forEach(this::addVolume);
            case "STOPSIGNAL" -> stopSignal = one(word, rest);
            case "ONBUILD" -> onBuild.add(trigger(rest));
            case "HEALTHCHECK" -> health = HealthcheckChange.parse(rest);
            default -> throw new IllegalArgumentException(word + " is not a valid change command");
        }
    }

    static List<String> commandLine(String text) {
        return JsonForm.parse(text).orElseGet(() -> List.of("/bin/sh", "-c", text));
    }

    private void setEnv(String name, String value) {
        if (env.put(name, value) == null) {
            envOrder.add(name);
        }
    }

    /** {@code a=b "c d"=e}, or the old form {@code a the rest}. Values of one line do not see each other, as in Docker. */
    private Map<String, String> pairs(String instruction, String text) {
        List<String> words = Words.split(text);
        if (words.isEmpty()) {
            throw new IllegalArgumentException(instruction + " requires at least one argument");
        }
        Map<String, String> pairs = new java.util.LinkedHashMap<>();
        if (words.getFirst().indexOf('=') < 0) {
            if (words.size() < 2) {
                throw new IllegalArgumentException(instruction + " must have two arguments");
            }
            String value = text.substring(words.getFirst().length()).strip();
            pairs.put(name(instruction, words.getFirst()), Words.resolve(value, env));
            return pairs;
        }
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("can't find = in \"" + word + "\". Must be of the form: name=value");
            }
            pairs.put(name(instruction, word.substring(0, equals)), Words.resolve(word.substring(equals + 1), env));
        }
        return pairs;
    }

    private String name(String instruction, String word) {
        String name = Words.resolve(word, env);
        if (name.isEmpty()) {
            throw new IllegalArgumentException(instruction + " names can not be blank");
        }
        return name;
    }

    private List<String> words(String instruction, String text) {
        List<String> words = Words.split(text);
        if (words.isEmpty()) {
            throw new IllegalArgumentException(instruction + " requires at least one argument");
        }
        return words.stream().map(word -> Words.resolve(word, env)).toList();
    }

    private String one(String instruction, String text) {
        List<String> words = Words.split(text);
        if (words.size() != 1) {
            throw new IllegalArgumentException(instruction + " requires exactly one argument");
        }
        return Words.resolve(words.getFirst(), env);
    }

    private void expose(String spec) {
        Matcher matcher = PORT.matcher(spec);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("invalid containerPort: " + spec);
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        String protocol = matcher.group(3) == null ? "tcp" : matcher.group(3);
        if (first > last || last > 65_535 || !List.of("tcp", "udp", "sctp").contains(protocol)) {
            throw new IllegalArgumentException("invalid containerPort: " + spec);
        }
        for (int port = first; port <= last; port++) {
            ports.put(port + "/" + protocol, Map.of());
        }
    }

    private void addVolume(String path) {
        if (path.isBlank()) {
            throw new IllegalArgumentException("VOLUME specified can not be an empty string");
        }
        volumes.put(path.strip(), Map.of());
    }

    /** Relative to the one before, cleaned. */
    private String directory(String path) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("cannot normalize nothing");
        }
        String absolute = path.startsWith("/") ? path : workingDir + "/" + path;
        List<String> clean = new ArrayList<>();
        for (String component : absolute.split("/", -1)) {
            if (component.equals("..")) {
                if (!clean.isEmpty()) {
                    clean.removeLast();
                }
            } else if (!component.isEmpty() && !component.equals(".")) {
                clean.add(component);
            }
        }
        return "/" + String.join("/", clean);
    }

    private static String trigger(String text) {
        String word = Words.split(text).stream().findFirst().orElse("").toUpperCase(Locale.ROOT);
        return switch (word) {
            case "" -> throw new IllegalArgumentException("ONBUILD requires at least one argument");
            case "ONBUILD" ->
                throw new IllegalArgumentException("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
            case "MAINTAINER", "FROM" ->
                throw new IllegalArgumentException(word + " isn't allowed as an ONBUILD trigger");
            default -> text;
        };
    }

    private ExecutionConfig build() {
        return new ExecutionConfig(
                user,
                ports.isEmpty() ? null : ports,
                envOrder.isEmpty()
                        ? null
                        : envOrder.stream()
                                .map(name -> name + "=" + env.get(name))
                                .toList(),
                entrypoint,
                cmd,
                volumes.isEmpty() ? null : volumes,
                workingDir,
                labels.isEmpty() ? null : labels,
                stopSignal,
                false,
                health,
                onBuild.isEmpty() ? null : List.copyOf(onBuild),
                null);
    }
}
