package dev.gantry.agent.plan;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Docker's null lists and maps as empty ones. */
final class Texts {
    private Texts() {}

    static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    static Map<String, String> map(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }

    static String orElse(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }
}
