package dev.gantry.volume.view;

import dev.gantry.contracts.filter.Filters;
import dev.gantry.volume.store.Volume;
import java.util.Set;
import java.util.function.Predicate;

/** Which volumes a list or a prune asks for. */
public final class VolumeFilter {
    private static final Set<String> LIST = Set.of("dangling", "driver", "label", "name");
    private static final Set<String> PRUNE = Set.of("all", "label", "label!");

    private VolumeFilter() {}

    public static Predicate<Volume> list(Filters filters) {
        filters.refuseOthersThan(LIST);
        var dangling = filters.flag("dangling", false);
        return volume -> (!filters.has("dangling") || dangling != volume.inUse())
                && filters.exactly("driver", volume.driver())
                && filters.labels("label", volume.labels())
                && filters.found("name", volume.name());
    }

    /** Without {@code all} only those that nobody named. */
    public static Predicate<Volume> prune(Filters filters) {
        filters.refuseOthersThan(PRUNE);
        var all = filters.flag("all", false);
        return volume -> (all || volume.anonymous())
                && filters.labels("label", volume.labels())
                && (!filters.has("label!") || !filters.labels("label!", volume.labels()));
    }
}
