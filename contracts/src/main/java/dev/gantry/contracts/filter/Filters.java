package dev.gantry.contracts.filter;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What a list is filtered by: values per key. Values of one key are alternatives, except for labels, which must all match; keys
 * are all demanded. The rules are those of Docker's {@code filters.Args}.
 */
public record Filters(Map<String, List<String>> values) {
    public static final Filters NONE = new Filters(Map.of());

    public Filters {
        values = Map.copyOf(values);
    }

    /**
     * Reads the query parameter: {@code {"status":["exited"]}}, or as old clients and the CLI say it, {@code
     * {"status":{"exited":true}}}. Empty text is no filter.
     *
     * @throws GantryException 400 {@code invalid filter} when it is neither, or unreasonably large
     */
    public static Filters parse(String parameter) {
        return parameter.isEmpty() ? NONE : FilterParser.parse(parameter.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads what {@link #toJson} wrote; nothing at all is no filter. */
    public static Filters fromJson(byte[] json) {
        return json.length == 0 ? NONE : FilterParser.parse(json);
    }

    /** The form with lists, for the calls between services. */
    public byte[] toJson() {
        return DockerJson.write(values);
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public List<String> get(String key) {
        return values.getOrDefault(key, List.of());
    }

    /** Refuses keys that this list does not know, the first by name. */
    public void refuseOthersThan(Collection<String> known) {
        values.keySet().stream()
                .filter(key -> !known.contains(key))
                .sorted()
                .findFirst()
                .ifPresent(key -> {
                    throw ErrorCode.INVALID_FILTER.with(key);
                });
    }

    /** A key that is true or false: {@code true}, {@code 1}, {@code false}, {@code 0}; the default when it is not given. */
    public boolean flag(String key, boolean otherwise) {
        List<String> given = get(key);
        if (given.isEmpty()) {
            return otherwise;
        }
        boolean yes = given.contains("1") || given.contains("true");
        boolean no = given.contains("0") || given.contains("false");
        if (given.size() > 1 || yes == no) {
            throw ErrorCode.INVALID_FILTER.with(key + "=[" + String.join(" ", given) + "]");
        }
        return yes;
    }

    /** A key whose values are whole numbers. */
    public List<Integer> integers(String key) {
        return get(key).stream().map(value -> integer(key, value)).toList();
    }

    /**
     * Refuses values other than these, in the words Docker has for it.
     *
     * @param what the word for such a value: {@code state}, {@code health}
     */
    public void refuseValuesOtherThan(String key, String what, List<String> allowed) {
        for (String value : get(key)) {
            if (!allowed.contains(value)) {
                String why =
                        "invalid value for " + what + " (" + value + "): must be one of " + String.join(", ", allowed);
                throw ErrorCode.INVALID_FILTER_VALUE.with(key, value, why);
            }
        }
    }

    /** True when the key is not given or has exactly this value. */
    public boolean exactly(String key, String value) {
        return !has(key) || get(key).contains(value);
    }

    /** True when the key is not given or one of its values equals this one or is a prefix of it. */
    public boolean prefix(String key, String value) {
        return !has(key) || get(key).stream().anyMatch(value::startsWith);
    }

    /** True when the key is not given or one of its values, as a regular expression or a plain part, is found in this one. */
    public boolean found(String key, String value) {
        return !has(key) || get(key).stream().anyMatch(expression -> matches(value, expression));
    }

    /** True when the labels have all that is asked: {@code name} or {@code name=value}. */
    public boolean labels(String key, @Nullable Map<String, String> labels) {
        Map<String, String> present = Empty.ifNull(labels);
        return get(key).stream().allMatch(asked -> label(present, asked));
    }

    private static boolean label(Map<String, String> present, String asked) {
        int equals = asked.indexOf('=');
        if (equals < 0) {
            return present.containsKey(asked);
        }
        return asked.substring(equals + 1).equals(present.get(asked.substring(0, equals)));
    }

    private static boolean matches(String value, String expression) {
        if (value.contains(expression)) {
            return true;
        }
        try {
            return Pattern.compile(expression).matcher(new BoundedText(value)).find();
        } catch (PatternSyntaxException | BoundedText.Exhausted | StackOverflowError e) {
            return false; // as in Docker: what is no expression is only a plain text
        }
    }

    private static Integer integer(String key, String value) {
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException e) {
            String why = "strconv.Atoi: parsing \"" + value + "\": invalid syntax";
            throw ErrorCode.INVALID_FILTER_VALUE.with(key, value, why).causedBy(e);
        }
    }

    /** All keys, for messages and tests. */
    public Set<String> keys() {
        return values.keySet();
    }

    static GantryException malformed(@Nullable Throwable cause) {
        GantryException refused = ErrorCode.MALFORMED_FILTER.with();
        return cause == null ? refused : refused.causedBy(cause);
    }
}
