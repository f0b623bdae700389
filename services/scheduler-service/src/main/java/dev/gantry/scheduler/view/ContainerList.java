package dev.gantry.scheduler.view;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.ContainerSummary;
import dev.gantry.contracts.filter.Filters;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.lifecycle.ActiveScheduler;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The list of containers: which, in which order, how many. */
public final class ContainerList {
    private static final Set<String> KEYS = Set.of(
            "ancestor",
            "before",
            "exited",
            "expose",
            "health",
            "id",
            "is-task",
            "isolation",
            "label",
            "name",
            "network",
            "publish",
            "since",
            "status",
            "volume");
    private static final List<String> STATES =
            List.of("created", "running", "paused", "restarting", "removing", "exited", "dead");
    private static final List<String> HEALTH = List.of("none", "starting", "healthy", "unhealthy");

    private final ActiveScheduler scheduler;
    private final Function<String, String> imageId;
    private final Instant now;

    /** @param imageId the id of an image that somebody names; empty: there is none */
    public ContainerList(ActiveScheduler scheduler, Function<String, String> imageId, Instant now) {
        this.scheduler = scheduler;
        this.imageId = imageId;
        this.now = now;
    }

    /**
     * From the newest to the oldest.
     *
     * @param all stopped ones too; a filter of states or exit codes, and a limit, imply it
     * @param limit 0: none
     */
    public List<ContainerSummary> of(Filters filters, boolean all, int limit) {
        var matches = matching(filters);
        var also = all || limit > 0 || filters.has("status") || filters.has("exited");
        var found = scheduler.newestFirst().stream()
                .filter(container -> also || container.status().up())
                .filter(matches);
        return (limit > 0 ? found.limit(limit) : found)
                .map(container -> SummaryView.of(container, now))
                .toList();
    }

    private Predicate<Container> matching(Filters filters) {
        filters.refuseOthersThan(KEYS);
        filters.refuseValuesOtherThan("status", "state", STATES);
        filters.refuseValuesOtherThan("health", "health", HEALTH);
        var codes = Set.copyOf(filters.integers("exited"));
        var task = filters.flag("is-task", false);
        var images = filters.get("ancestor").stream().map(imageId).collect(Collectors.toSet());
        return identity(filters)
                .and(order(filters))
                .and(container -> filters.exactly("status", container.status().word()))
                .and(container -> codes.isEmpty() || ended(container, codes))
                .and(container -> !filters.has("ancestor") || descends(container, filters, images))
                .and(container -> filters.exactly("health", "none"))
                .and(container -> !task)
                .and(places(filters));
    }

    private static Predicate<Container> identity(Filters filters) {
        return container -> filters.prefix("id", container.id())
                && (filters.found("name", container.name()) || filters.found("name", "/" + container.name()))
                && filters.labels("label", container.spec().config().labels());
    }

    private Predicate<Container> order(Filters filters) {
        var before = filters.get("before").stream().map(this::created).toList();
        var since = filters.get("since").stream().map(this::created).toList();
        return container -> before.stream()
                        .allMatch(limit -> container.spec().created().isBefore(limit))
                && since.stream().allMatch(limit -> container.spec().created().isAfter(limit));
    }

    private Instant created(String reference) {
        return scheduler.inspect(reference).spec().created();
    }

    private static boolean ended(Container container, Set<Integer> codes) {
        return !container.status().alive()
                && container.status().word().equals("exited")
                && codes.contains(container.status().exitCode());
    }

    private static boolean descends(Container container, Filters filters, Set<String> images) {
        return images.contains(container.spec().imageId())
                || filters.get("ancestor").contains(container.spec().config().image());
    }

    private static Predicate<Container> places(Filters filters) {
        return PortList.matching(filters).and(container -> mounts(container, filters) && inNetwork(container, filters));
    }

    /** A volume's name, a bind's source, or where either is mounted. */
    private static boolean mounts(Container container, Filters filters) {
        return !filters.has("volume")
                || InspectView.mounts(container).stream()
                        .anyMatch(mount -> filters.exactly("volume", mount.destination())
                                || filters.exactly("volume", mount.name().isEmpty() ? mount.source() : mount.name()));
    }

    private static boolean inNetwork(Container container, Filters filters) {
        var networks = Empty.ifNull(InspectView.networks(container).networks());
        return !filters.has("network")
                || filters.get("network").stream()
                        .anyMatch(asked -> networks.containsKey(asked)
                                || networks.values().stream()
                                        .anyMatch(endpoint -> endpoint != null
                                                && !endpoint.networkId().isEmpty()
                                                && endpoint.networkId().startsWith(asked)));
    }
}
