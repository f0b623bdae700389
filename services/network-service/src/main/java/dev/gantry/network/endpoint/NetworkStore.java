package dev.gantry.network.endpoint;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.event.CloudEvent;
import dev.gantry.contracts.event.ObjectKind;
import dev.gantry.events.outbox.OneStatement;
import dev.gantry.events.outbox.OutboxRecord;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Networks and endpoints: in memory, written through. A join or a leave is decided on what is in memory and committed by one statement
 * that counts only if the network is at the version that was decided on, so memory may be wrong but never makes the database wrong:
 * what does not count, or may have failed, is decided again on what the database has. Joining and leaving twice is as once.
 */
@ApplicationScoped
public class NetworkStore {
    private static final Logger LOG = Logger.getLogger(NetworkStore.class);
    private static final String SERVICE = "network";
    private static final int ATTEMPTS = 3;

    private final LedgerReader reader;
    private final NetworkEvents events;
    private final Arrivals arrivals;
    private final InstantSource clock = InstantSource.system();
    private final ReentrantLock turn = new ReentrantLock();
    private Optional<Ledger> known = Optional.empty();

    NetworkStore(LedgerReader reader, NetworkEvents events, Arrivals arrivals) {
        this.reader = reader;
        this.events = events;
        this.arrivals = arrivals;
    }

    /**
     * @param network its name or id
     * @throws GantryException NETWORKING_NOT_FOUND, NETWORKING_FAILED when no address is left, PORT_ALLOCATED
     */
    public Joined join(String network, Guest guest) {
        return inTurn(ledger -> {
            var held = ledger.named(network).orElseThrow(() -> ErrorCode.NETWORKING_NOT_FOUND.with(network));
            var endpoint = held.endpoint(guest.container());
            return endpoint.isPresent()
                    ? Optional.of(new Joined(
                            held.network(), endpoint.get(), held.last().version()))
                    : connect(held, arrivals.place(ledger, held, guest));
        });
    }

    private Optional<Joined> connect(Membership held, Endpoint endpoint) {
        var when = held.next(clock.instant());
        return committed(EndpointStatements.join(held, endpoint, when), event("connect", held, endpoint, when), () -> {
            held.joined(endpoint, when);
            return new Joined(held.network(), endpoint, when.version());
        });
    }

    /** @return whether it was in any network */
    public boolean leave(String container) {
        var left = false;
        while (leaveOne(container)) {
            left = true;
        }
        return left;
    }

    private boolean leaveOne(String container) {
        return inTurn(ledger -> {
            var held = ledger.of(container);
            return held.isEmpty()
                    ? Optional.of(false)
                    : disconnect(held.get(), held.get().endpoint(container).orElseThrow());
        });
    }

    private Optional<Boolean> disconnect(Membership held, Endpoint endpoint) {
        var when = held.next(clock.instant());
        return committed(
                EndpointStatements.leave(held, endpoint, when), event("disconnect", held, endpoint, when), () -> {
                    held.left(endpoint, when);
                    return true;
                });
    }

    /** Puts every network on its state topic: whoever reads only that knows those that were there from the beginning. */
    void tell() {
        QuarkusTransaction.requiringNew().run(() -> reader.listAll().forEach(events::state));
    }

    public List<Network> all() {
        return inTurn(ledger ->
                Optional.of(ledger.networks().stream().map(Membership::network).toList()));
    }

    /** All networks and who is in them, of one moment. */
    public List<Populated> everything() {
        return inTurn(ledger -> Optional.of(ledger.networks().stream()
                .map(held -> new Populated(held.network(), List.copyOf(held.endpoints())))
                .toList()));
    }

    /**
     * By id, name, or an unambiguous prefix of an id.
     *
     * @throws GantryException NO_SUCH_NETWORK
     */
    public Populated named(String reference) {
        return inTurn(ledger -> {
            var held = ledger.referred(reference);
            return Optional.of(new Populated(held.network(), List.copyOf(held.endpoints())));
        });
    }

    /** Empty when the database is not as it was thought to be: nothing was changed. */
    private <T> Optional<T> committed(OneStatement change, CloudEvent said, Supplier<T> then) {
        return events.outbox().commit(change, List.of(OutboxRecord.event(said)))
                ? Optional.of(then.get())
                : Optional.empty();
    }

    private <T> T inTurn(Function<Ledger, Optional<T>> step) {
        turn.lock();
        try {
            for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
                var done = tried(step);
                if (done.isPresent()) {
                    return done.get();
                }
                LOG.infof("somebody else changed the networks, they are read again");
                known = Optional.empty();
            }
            throw away("it changes too fast");
        } finally {
            turn.unlock();
        }
    }

    private <T> Optional<T> tried(Function<Ledger, Optional<T>> step) {
        try {
            var ledger = known.isPresent() ? known.get() : reader.read();
            known = Optional.of(ledger);
            return step.apply(ledger);
        } catch (GantryException e) {
            throw e;
        } catch (RuntimeException e) {
            // committed or not: nobody knows
            known = Optional.empty();
            LOG.errorf(e, "the networks' database failed, everything is read again");
            throw away("commit failed").causedBy(e);
        }
    }

    private static GantryException away(String why) {
        return ErrorCode.SERVICE_AWAY.with("the networks' database", why);
    }

    private static CloudEvent event(String action, Membership held, Endpoint endpoint, Membership.Moment when) {
        var network = held.network();
        return CloudEvent.of(
                SERVICE,
                ObjectKind.NETWORK,
                action,
                network.id(),
                Map.of("container", endpoint.container(), "name", network.name(), "type", network.driver()),
                when.version(),
                when.time());
    }
}
