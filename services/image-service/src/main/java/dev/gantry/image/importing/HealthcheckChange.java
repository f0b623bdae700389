package dev.gantry.image.importing;

import dev.gantry.oci.image.Healthcheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code HEALTHCHECK [--interval=30s ...] CMD ...} and {@code HEALTHCHECK NONE}. */
final class HealthcheckChange {
    private static final Set<String> FLAGS =
            Set.of("--interval", "--timeout", "--start-period", "--start-interval", "--retries");
    private static final long SHORTEST = 1_000_000; // Docker refuses what is below a millisecond

    private HealthcheckChange() {}

    static Healthcheck parse(String text) {
        Map<String, String> flags = new HashMap<>();
        String rest = text;
        while (rest.startsWith("--")) {
            String flag = Words.split(rest).getFirst();
            int equals = flag.indexOf('=');
            String name = flag.substring(0, equals < 0 ? flag.length() : equals);
            if (equals < 0 || !FLAGS.contains(name)) {
                throw new IllegalArgumentException("unknown flag: " + name);
            }
            flags.put(name, flag.substring(equals + 1));
            rest = rest.substring(flag.length()).stripLeading();
        }
        return new Healthcheck(
                test(rest),
                duration(flags, "--interval"),
                duration(flags, "--timeout"),
                duration(flags, "--start-period"),
                duration(flags, "--start-interval"),
                retries(flags.getOrDefault("--retries", "0")));
    }

    private static List<String> test(String text) {
        String word = Words.split(text).stream().findFirst().orElse("");
        String command = text.substring(word.length()).strip();
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "NONE" -> {
                if (!command.isEmpty()) {
                    throw new IllegalArgumentException("HEALTHCHECK NONE takes no arguments");
                }
                yield List.of("NONE");
            }
            case "CMD" -> {
                if (command.isEmpty()) {
                    throw new IllegalArgumentException("missing command after HEALTHCHECK CMD");
                }
                yield JsonForm.parse(command).map(HealthcheckChange::exec).orElse(List.of("CMD-SHELL", command));
            }
            default ->
                throw new IllegalArgumentException("unknown type in HEALTHCHECK (" + word + ") - try CMD or NONE");
        };
    }

    private static List<String> exec(List<String> words) {
        List<String> test = new ArrayList<>(words);
        test.addFirst("CMD");
        return test;
    }

    private static long duration(Map<String, String> flags, String name) {
        long nanos = GoDuration.parse(flags.getOrDefault(name, "0"));
        if (nanos != 0 && nanos < SHORTEST) {
            throw new IllegalArgumentException("interval \"" + name + "\" cannot be less than 1ms");
        }
        return nanos;
    }

    private static int retries(String text) {
        try {
            int retries = Integer.parseInt(text);
            if (retries >= 0) {
                return retries;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("strconv.ParseInt: parsing \"" + text + "\": invalid syntax", e);
        }
        throw new IllegalArgumentException("--retries cannot be negative (" + text + ")");
    }
}
