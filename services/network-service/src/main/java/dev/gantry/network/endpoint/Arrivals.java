package dev.gantry.network.endpoint;

import dev.gantry.contracts.docker.port.PortRange;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.network.address.Mac;
import dev.gantry.network.port.PortBook;
import dev.gantry.network.port.PublishedPort;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a container that joins gets: an address that nobody has, the ports it asked for, ids. Nothing is committed here. */
@Singleton
class Arrivals {
    private static final int ID_BYTES = 32;
    private static final int MOST_RANGES = 1000;

    private final SecureRandom random = new SecureRandom();
    private final PortChoice choice;
    /** By node: where the choice of ports goes on. */
    private final Map<String, Map<PortRange, Integer>> nextPorts = new ConcurrentHashMap<>();

    Arrivals(PortChoice choice) {
        this.choice = choice;
    }

    /** @throws dev.gantry.contracts.error.GantryException NETWORKING_FAILED, PORT_ALLOCATED */
    Endpoint place(Ledger ledger, Membership held, Guest guest) {
        var address = address(held, guest.node());
        var id = newId();
        return new Endpoint(
                guest.container(),
                guest.name(),
                guest.node(),
                id,
                newId(),
                address,
                address == 0 ? "" : mac(guest, address),
                address == 0 ? List.of() : ports(ledger, guest, id));
    }

    private static long address(Membership held, String node) {
        var network = held.network();
        if (network.subnet().isEmpty()) {
            return 0;
        }
        var taken = held.endpoints().stream()
                .filter(endpoint -> endpoint.node().equals(node))
                .mapToLong(Endpoint::address);
        return network.subnet()
                .get()
                .lowestFree(taken)
                .orElseThrow(() ->
                        ErrorCode.NETWORKING_FAILED.with("no available IPv4 addresses on this network's address pools: "
                                + network.name() + " (" + network.id() + ")"));
    }

    private static String mac(Guest guest, long address) {
        return guest.mac().isEmpty() ? Mac.of(address) : guest.mac();
    }

    private List<PublishedPort> ports(Ledger ledger, Guest guest, String endpoint) {
        if (guest.ports().isEmpty()) {
            return List.of();
        }
        var begin = Map.of(choice.range(), choice.begin());
        var next = nextPorts.getOrDefault(guest.node(), begin);
        var book = new PortBook(ledger.portsOf(guest.node()), choice.range(), next.size() > MOST_RANGES ? begin : next);
        try {
            var given = book.give(guest.ports());
            nextPorts.put(guest.node(), book.next());
            return given;
        } catch (PortBook.Taken e) {
            throw ErrorCode.PORT_ALLOCATED
                    .with(guest.name(), endpoint, e.address(), e.range())
                    .causedBy(e);
        }
    }

    private String newId() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
