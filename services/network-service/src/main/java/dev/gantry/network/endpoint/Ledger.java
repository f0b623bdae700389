package dev.gantry.network.endpoint;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.network.port.PublishedPort;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** All networks in memory, as last committed. */
record Ledger(List<Membership> networks) {
    Ledger {
        networks = List.copyOf(networks);
    }

    Optional<Membership> named(String nameOrId) {
        return networks.stream()
                .filter(held -> held.network().name().equals(nameOrId)
                        || held.network().id().equals(nameOrId))
                .findFirst();
    }

    Optional<Membership> of(String container) {
        return networks.stream()
                .filter(held -> held.endpoint(container).isPresent())
                .findFirst();
    }

    /**
     * By id, name, or an unambiguous prefix of an id.
     *
     * @throws dev.gantry.contracts.error.GantryException NO_SUCH_NETWORK
     */
    Membership referred(String reference) {
        return named(reference).orElseGet(() -> byPrefix(reference));
    }

    private Membership byPrefix(String prefix) {
        var matches = networks.stream()
                .filter(held -> !prefix.isEmpty() && held.network().id().startsWith(prefix))
                .toList();
        if (matches.size() > 1) {
            throw ErrorCode.AMBIGUOUS_REFERENCE.with(prefix);
        }
        return matches.stream().findFirst().orElseThrow(() -> ErrorCode.NO_SUCH_NETWORK.with(prefix));
    }

    /** Of every network: a host's ports are one space. */
    List<PublishedPort> portsOf(String node) {
        return networks.stream()
                .map(Membership::endpoints)
                .flatMap(Collection::stream)
                .filter(endpoint -> endpoint.node().equals(node))
                .flatMap(endpoint -> endpoint.ports().stream())
                .toList();
    }
}
