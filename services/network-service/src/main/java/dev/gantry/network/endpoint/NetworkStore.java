package dev.gantry.network.endpoint;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.event.CloudEvent;
import dev.gantry.contracts.event.ObjectKind;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Networks and endpoints. Each call is one transaction; joining and leaving twice is as doing it once. */
@ApplicationScoped
public class NetworkStore implements PanacheRepositoryBase<NetworkRow, String> {
    private static final String SERVICE = "network";
    private static final int ID_BYTES = 32;

    private final EndpointRows endpoints;
    private final NetworkEvents events;
    private final SecureRandom random = new SecureRandom();

    NetworkStore(EndpointRows endpoints, NetworkEvents events) {
        this.endpoints = endpoints;
        this.events = events;
    }

    /** Which container, called what, where. */
    public record Guest(String container, String name, String node) {}

    /** @throws dev.gantry.contracts.error.GantryException NO_SUCH_NETWORK */
    public Joined join(String networkName, Guest guest) {
        return QuarkusTransaction.requiringNew().call(() -> {
            var network = locked(networkName);
            var key = new EndpointRow.Key(guest.container(), network.id);
            var endpoint = endpoints.findByIdOptional(key).orElseGet(() -> connect(network, key, guest));
            return new Joined(network(network, List.of()), endpoint.endpointId, endpoint.sandboxId, network.version);
        });
    }

    private EndpointRow connect(NetworkRow network, EndpointRow.Key key, Guest guest) {
        var endpoint = new EndpointRow();
        endpoint.key = key;
        endpoint.containerName = guest.name();
        endpoint.node = guest.node();
        endpoint.endpointId = newId();
        endpoint.sandboxId = newId();
        endpoints.persist(endpoint);
        say("connect", network, guest.container());
        return endpoint;
    }

    /** @return whether it was in any network */
    public boolean leave(String container) {
        return QuarkusTransaction.requiringNew().call(() -> {
            var left = endpoints.ofContainer(container);
            left.forEach(endpoint -> disconnect(endpoint, container));
            return !left.isEmpty();
        });
    }

    private void disconnect(EndpointRow endpoint, String container) {
        // the network's lock first, as in join: else two that cross could wait for each other
        var network = Objects.requireNonNull(findById(endpoint.key.networkId(), LockModeType.PESSIMISTIC_WRITE));
        if (endpoints.deleteById(endpoint.key)) {
            say("disconnect", network, container);
        }
    }

    public List<Network> all() {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        listAll().stream().map(row -> network(row, List.of())).toList());
    }

    /**
     * By id, name, or an unambiguous prefix of an id, with its members.
     *
     * @throws dev.gantry.contracts.error.GantryException NO_SUCH_NETWORK
     */
    public Network named(String reference) {
        return QuarkusTransaction.requiringNew().call(() -> {
            var row = row(reference);
            return network(row, endpoints.inNetwork(row.id));
        });
    }

    private NetworkRow row(String reference) {
        return find("id = ?1 or name = ?1", reference)
                .firstResultOptional()
                .or(() -> byPrefix(reference))
                .orElseThrow(() -> ErrorCode.NO_SUCH_NETWORK.with(reference));
    }

    private java.util.Optional<NetworkRow> byPrefix(String prefix) {
        var matches = prefix.isEmpty() || !prefix.chars().allMatch(NetworkStore::isHex)
                ? List.<NetworkRow>of()
                : find("id like ?1", prefix + "%").range(0, 1).list();
        if (matches.size() > 1) {
            throw ErrorCode.AMBIGUOUS_REFERENCE.with(prefix);
        }
        return matches.stream().findFirst();
    }

    private static boolean isHex(int character) {
        return Character.digit(character, 16) >= 0 && character < 128;
    }

    private NetworkRow locked(String name) {
        return find("name", name)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional()
                .orElseThrow(() -> ErrorCode.NO_SUCH_NETWORK.with(name));
    }

    /** The network's row is locked, so versions and times rise in the order of the commits. */
    private void say(String action, NetworkRow network, String container) {
        network.version++;
        network.lastEvent = Math.max(nanos(Instant.now()), network.lastEvent + 1);
        var attributes = Map.of("container", container, "name", network.name, "type", network.driver);
        events.outbox()
                .append(CloudEvent.of(
                        SERVICE,
                        ObjectKind.NETWORK,
                        action,
                        network.id,
                        attributes,
                        network.version,
                        network.lastEvent));
    }

    private static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }

    private static Network network(NetworkRow row, List<Network.Member> members) {
        return new Network(row.id, row.name, row.driver, row.createdAt, members);
    }

    private String newId() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
