package dev.gantry.network.view;

import dev.gantry.contracts.filter.Filters;
import dev.gantry.network.endpoint.Network;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which networks a list asks for. The predefined ones are never dangling and never custom. */
public final class NetworkFilter {
    private static final Set<String> KEYS = Set.of("dangling", "driver", "id", "label", "name", "scope", "type");

    private NetworkFilter() {}

    public static Predicate<Network> parse(Filters filters) {
        filters.refuseOthersThan(KEYS);
        filters.refuseValuesOtherThan("type", "type", List.of("builtin", "custom"));
        var dangling = filters.has("dangling") && filters.flag("dangling", false);
        return network -> !dangling
                && filters.exactly("driver", network.driver())
                && filters.prefix("id", network.id())
                && filters.found("name", network.name())
                && filters.exactly("scope", NetworkView.SCOPE)
                && filters.exactly("type", "builtin")
                && filters.labels("label", Map.of());
    }
}
