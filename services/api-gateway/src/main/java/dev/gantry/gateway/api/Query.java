package dev.gantry.gateway.api;

import com.google.protobuf.ByteString;
import dev.gantry.contracts.filter.Filters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** A request's query, read with Docker's leniency and its errors. An absent parameter reads as the empty text. */
public final class Query {
    private final Map<String, List<String>> parameters;

    private Query(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /** @param raw what stands after the question mark, still encoded */
    public static Query parse(String raw) {
        var parameters = new LinkedHashMap<String, List<String>>();
        for (var pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                var equals = pair.indexOf('=');
                var key = Escapes.query(equals < 0 ? pair : pair.substring(0, equals));
                var value = equals < 0 ? "" : Escapes.query(pair.substring(equals + 1));
                parameters.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
            }
        }
        return new Query(parameters);
    }

    public String text(String key) {
        return all(key).stream().findFirst().orElse("");
    }

    public List<String> all(String key) {
        return parameters.getOrDefault(key, List.of());
    }

    public boolean has(String key) {
        return parameters.containsKey(key);
    }

    public boolean flag(String key) {
        return GoText.truth(text(key));
    }

    /** @param absent what it is where the parameter is not there at all */
    public boolean flag(String key, boolean absent) {
        return has(key) ? flag(key) : absent;
    }

    /** The whole number, or nothing where the parameter is absent or empty; one beyond 32 bits is the largest or smallest. */
    public OptionalInt integer(String key) {
        var text = text(key);
        return text.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(Math.clamp(GoText.atoi(text), Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    /** A whole number of 32 bits without a sign; else nothing. */
    public OptionalLong unsigned(String key) {
        return GoText.parseUint32(text(key));
    }

    public Optional<Timestamp> time(String key) {
        return Optional.of(text(key)).filter(text -> !text.isEmpty()).map(Timestamp::parse);
    }

    public Filters filters() {
        return Filters.parse(text("filters"));
    }

    /** The filters as services take them; a key that is not among {@code known} is a 400 naming it. */
    public ByteString filters(Set<String> known) {
        var filters = filters();
        filters.refuseOthersThan(known);
        return ByteString.copyFrom(filters.toJson());
    }
}
