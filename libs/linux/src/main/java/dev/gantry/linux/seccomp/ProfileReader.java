package dev.gantry.linux.seccomp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gantry.linux.seccomp.Rule.When;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** A profile's JSON, checked field by field: it comes from whoever may create containers. */
final class ProfileReader {
    private static final String FAILED = "Decoding seccomp profile failed: ";
    private static final int MAX_CHARACTERS = 1 << 20;
    private static final int MAX_RULES = 4_096;
    private static final int FLAG_LOG = 2;
    private static final int FLAG_SPEC_ALLOW = 4;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private ProfileReader() {}

    static SeccompProfile read(String json) {
        try {
            return profile(object(tree(json), "profile"));
        } catch (SeccompException e) {
            throw new SeccompException(FAILED + e.getMessage(), e);
        }
    }

    private static JsonNode tree(String json) {
        if (json.length() > MAX_CHARACTERS) {
            throw new SeccompException("the profile is larger than " + MAX_CHARACTERS + " characters");
        }
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new SeccompException("invalid JSON: " + Quoted.bounded(e.getOriginalMessage()), e);
        }
    }

    private static SeccompProfile profile(JsonNode root) {
        if (root.path("defaultAction").asText().isEmpty()) {
            throw new SeccompException("defaultAction is missing");
        }
        var defaultVerdict = verdict(root, "defaultAction", "defaultErrnoRet");
        var rules = list(root, "syscalls", ProfileReader::rule);
        return new SeccompProfile(defaultVerdict, architectures(root), rules, flags(root));
    }

    private static Verdict verdict(JsonNode node, String action, String errno) {
        return Verdict.named(text(node, action), number(node, errno));
    }

    private static Rule rule(JsonNode node) {
        object(node, "syscalls entry");
        var conditions = list(node, "args", ProfileReader::condition);
        return new Rule(
                names(node),
                verdict(node, "action", "errnoRet"),
                conditions,
                when(node.path("includes")),
                when(node.path("excludes")));
    }

    private static List<String> names(JsonNode node) {
        var name = text(node, "name");
        var names = strings(node, "names");
        if (!name.isEmpty() && !names.isEmpty()) {
            throw new SeccompException(
                    "'name' and 'names' were specified in the seccomp profile, use either 'name' or 'names'");
        }
        return name.isEmpty() ? names : List.of(name);
    }

    private static Condition condition(JsonNode node) {
        object(node, "args entry");
        return new Condition(
                number(node, "index").orElse(0),
                Condition.Operator.named(text(node, "op")),
                unsigned(node, "value"),
                unsigned(node, "valueTwo"));
    }

    private static When when(JsonNode node) {
        if (absent(node)) {
            return When.ALWAYS;
        }
        object(node, "includes or excludes");
        var minKernel = text(node, "minKernel");
        return new When(
                strings(node, "caps"),
                strings(node, "arches"),
                minKernel.isEmpty() ? Optional.empty() : Optional.of(KernelVersion.parse(minKernel)));
    }

    private static Set<Architecture> architectures(JsonNode root) {
        var plain = strings(root, "architectures");
        var map = list(root, "archMap", Function.identity());
        if (!plain.isEmpty() && !map.isEmpty()) {
            throw new SeccompException(
                    "'architectures' and 'archMap' were specified in the seccomp profile, use either 'architectures' or"
                            + " 'archMap'");
        }
        // The native way in is always there: a profile that forgot it would kill every program at its first call.
        var found = EnumSet.of(Architecture.X86_64);
        plain.forEach(name -> Architecture.named(name).ifPresent(found::add));
        map.stream()
                .filter(entry ->
                        text(object(entry, "archMap entry"), "architecture").equals("SCMP_ARCH_X86_64"))
                .flatMap(entry -> strings(entry, "subArchitectures").stream())
                .forEach(name -> Architecture.named(name).ifPresent(found::add));
        return found;
    }

    private static int flags(JsonNode root) {
        if (absent(root.path("flags"))) {
            return FLAG_SPEC_ALLOW;
        }
        int bits = 0;
        for (var flag : strings(root, "flags")) {
            bits |= switch (flag) {
                // All of a container's threads come from the one that installs the filter.
                case "SECCOMP_FILTER_FLAG_TSYNC" -> 0;
                case "SECCOMP_FILTER_FLAG_LOG" -> FLAG_LOG;
                case "SECCOMP_FILTER_FLAG_SPEC_ALLOW" -> FLAG_SPEC_ALLOW;
                default -> throw new SeccompException("flag \"" + Quoted.bounded(flag) + "\" is not supported");
            };
        }
        return bits;
    }

    private static <T> List<T> list(JsonNode node, String field, Function<JsonNode, T> read) {
        var array = node.path(field);
        if (absent(array)) {
            return List.of();
        }
        if (!array.isArray() || array.size() > MAX_RULES) {
            throw new SeccompException(field + " is not a list of at most " + MAX_RULES);
        }
        var items = new ArrayList<T>();
        array.forEach(item -> items.add(read.apply(item)));
        return items;
    }

    private static List<String> strings(JsonNode node, String field) {
        return list(node, field, item -> {
            if (!item.isTextual()) {
                throw new SeccompException(field + " is not a list of strings");
            }
            return item.asText();
        });
    }

    private static String text(JsonNode node, String field) {
        var value = node.path(field);
        if (absent(value)) {
            return "";
        }
        if (!value.isTextual()) {
            throw new SeccompException(field + " is not a string");
        }
        return value.asText();
    }

    private static OptionalInt number(JsonNode node, String field) {
        var value = node.path(field);
        if (absent(value)) {
            return OptionalInt.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new SeccompException(field + " is not a small number");
        }
        return OptionalInt.of(value.asInt());
    }

    private static long unsigned(JsonNode node, String field) {
        var value = node.path(field);
        if (absent(value)) {
            return 0;
        }
        if (!value.isIntegralNumber()
                || value.bigIntegerValue().signum() < 0
                || value.bigIntegerValue().bitLength() > Long.SIZE) {
            throw new SeccompException(field + " is not an unsigned 64-bit number");
        }
        return value.bigIntegerValue().longValue();
    }

    private static JsonNode object(JsonNode node, String what) {
        if (!node.isObject()) {
            throw new SeccompException(what + " is not an object");
        }
        return node;
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}
