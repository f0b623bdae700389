package dev.gantry.network.endpoint;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One network in memory: as last committed. Whoever uses it holds {@link NetworkStore}'s lock. */
final class Membership {
    /** A version of a network and the time of its event; both rise. */
    record Moment(long version, long time) {}

    private final Network network;
    private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    private Moment last;

    Membership(Network network, Moment last) {
        this.network = network;
        this.last = last;
    }

    Network network() {
        return network;
    }

    Moment last() {
        return last;
    }

    Moment next(Instant now) {
        var nanos = Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
        return new Moment(last.version() + 1, Math.max(nanos, last.time() + 1));
    }

    Optional<Endpoint> endpoint(String container) {
        return Optional.ofNullable(endpoints.get(container));
    }

    Collection<Endpoint> endpoints() {
        return Collections.unmodifiableCollection(endpoints.values());
    }

    void add(Endpoint endpoint) {
        endpoints.put(endpoint.container(), endpoint);
    }

    void joined(Endpoint endpoint, Moment when) {
        add(endpoint);
        last = when;
    }

    void left(Endpoint endpoint, Moment when) {
        endpoints.remove(endpoint.container());
        last = when;
    }
}
