package dev.gantry.gateway.events;

import dev.gantry.contracts.docker.system.EventMessage;
import dev.gantry.contracts.filter.Filters;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which events a client asked for. Keys are all demanded, values of one are alternatives; a key that nobody knows demands nothing. Filters
 * that name an object look at the event's actor whatever its type, so {@code container=c1} leaves out networks.
 */
final class EventFilter {
    /** Filters that name an object by id, a prefix of either, or name. */
    private static final List<String> OBJECTS =
            List.of("daemon", "container", "plugin", "volume", "network", "node", "service", "secret", "config");

    /** Actions that go on after a colon, so a filter names their beginning. */
    private static final List<String> LONG_ACTIONS = List.of("health_status", "exec_create", "exec_start");

    private final Filters filters;

    EventFilter(Filters filters) {
        this.filters = filters;
    }

    boolean includes(EventMessage event) {
        return action(event)
                && filters.exactly("type", event.type())
                && filters.exactly("scope", event.scope())
                && OBJECTS.stream().allMatch(object -> object(object, event))
                && image(event)
                && filters.labels("label", attributes(event));
    }

    private boolean action(EventMessage event) {
        return filters.get("event").stream().anyMatch(LONG_ACTIONS::contains)
                ? filters.prefix("event", event.action())
                : filters.exactly("event", event.action());
    }

    private boolean object(String key, EventMessage event) {
        return filters.prefix(key, event.actor().id())
                || filters.prefix(key, attributes(event).getOrDefault("name", ""));
    }

    /** An image by id or name, with or without its tag: of an image's own events and of its containers'. */
    private boolean image(EventMessage event) {
        var id = event.actor().id();
        var name = attributes(event).getOrDefault(event.type().equals("image") ? "name" : "image", "");
        return filters.exactly("image", id)
                || filters.exactly("image", name)
                || filters.exactly("image", withoutTag(id))
                || filters.exactly("image", withoutTag(name));
    }

    static String withoutTag(String reference) {
        if (reference.startsWith("sha256:")) {
            return reference;
        }
        var at = reference.indexOf('@');
        var name = at < 0 ? reference : reference.substring(0, at);
        var colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
    }

    private static Map<String, String> attributes(EventMessage event) {
        return Objects.requireNonNullElse(event.actor().attributes(), Map.of());
    }
}
