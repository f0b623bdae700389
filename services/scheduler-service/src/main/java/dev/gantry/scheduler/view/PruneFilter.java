package dev.gantry.scheduler.view;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.filter.Filters;
import dev.gantry.scheduler.container.Container;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;

/** Which stopped containers a prune takes: labels it must have, labels it must not have, made before a time. */
public final class PruneFilter {
    private static final Set<String> KEYS = Set.of("label", "label!", "until");

    private PruneFilter() {}

    public static Predicate<Container> parse(Filters filters, Instant now) {
        filters.refuseOthersThan(KEYS);
        if (filters.get("until").size() > 1) {
            throw ErrorCode.INVALID_PARAMETER.with("more than one until filter specified");
        }
        var until = filters.get("until").stream()
                .findFirst()
                .map(given -> UntilTime.parse(given, now))
                .orElse(Instant.MAX);
        return container -> container.spec().created().isBefore(until)
                && filters.labels("label", container.spec().config().labels())
                && !hasAny(filters, container);
    }

    private static boolean hasAny(Filters filters, Container container) {
        var labels = Empty.ifNull(container.spec().config().labels());
        return filters.get("label!").stream().anyMatch(asked -> {
            var equals = asked.indexOf('=');
            return equals < 0
                    ? labels.containsKey(asked)
                    : asked.substring(equals + 1).equals(labels.get(asked.substring(0, equals)));
        });
    }
}
