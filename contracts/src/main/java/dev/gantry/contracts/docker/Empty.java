package dev.gantry.contracts.docker;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Docker's null collections, where the difference from empty does not matter. */
public final class Empty {
    private Empty() {}

    public static <T> List<T> ifNull(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    public static <T> Set<T> ifNull(@Nullable Set<T> set) {
        return set == null ? Set.of() : set;
    }

    public static <K, V extends @Nullable Object> Map<K, V> ifNull(@Nullable Map<K, V> map) {
        return map == null ? Map.of() : map;
    }
}
