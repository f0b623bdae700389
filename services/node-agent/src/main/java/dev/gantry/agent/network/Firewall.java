package dev.gantry.agent.network;

import dev.gantry.linux.Errno;
import dev.gantry.linux.netlink.NetlinkException;
import dev.gantry.linux.nftables.BridgedNetwork;
import dev.gantry.linux.nftables.PlatformTable;
import dev.gantry.linux.nftables.Publication;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** What the platform's table should hold, and the steps that make it so. When somebody has flushed the table it is installed anew. */
final class Firewall implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Firewall.class);

    private final Supplier<PlatformTable> opened;
    private Optional<PlatformTable> open = Optional.empty();
    private boolean installed;
    private final Map<String, BridgedNetwork> networks = new HashMap<>();
    private final Map<String, List<Publication>> publications = new HashMap<>();

    /** @param opened asked for when it is needed: a host without nf_tables still runs containers without networks */
    Firewall(Supplier<PlatformTable> opened) {
        this.opened = opened;
    }

    private PlatformTable table() {
        var table = open.orElseGet(opened);
        open = Optional.of(table);
        return table;
    }

    /** The whole table, with what is known so far. */
    synchronized void install() {
        table().install(
                        networks.values(),
                        publications.values().stream().flatMap(List::stream).toList());
        installed = true;
    }

    /** To be installed later. */
    synchronized void expect(BridgedNetwork network) {
        networks.put(network.bridge(), network);
    }

    /** To be installed later. */
    synchronized void expect(String container, List<Publication> ports) {
        publications.put(container, ports);
    }

    synchronized void ensure(BridgedNetwork network) {
        var before = networks.put(network.bridge(), network);
        if (!installed || (before != null && !before.equals(network))) {
            install();
        } else if (before == null) {
            change(() -> table().add(network));
        }
    }

    synchronized void publish(String container, List<Publication> ports) {
        if (ports.isEmpty()) {
            return;
        }
        try {
            change(() -> table().publish(ports));
            publications.put(container, ports);
        } catch (RuntimeException e) {
            publications.remove(container); // of an install that came after all
            throw e;
        }
    }

    /** Nothing published is success. */
    synchronized void withdraw(String container) {
        var ports = publications.remove(container);
        if (ports != null) {
            change(() -> table().withdraw(ports));
        }
    }

    private void change(Runnable step) {
        try {
            step.run();
        } catch (NetlinkException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
            LOG.warnf("somebody changed the nf_tables table: it is installed anew (%s)", e.getMessage());
            install();
            step.run();
        }
    }

    synchronized void remove() {
        table().remove();
        installed = false;
    }

    @Override
    public synchronized void close() {
        open.ifPresent(PlatformTable::close);
    }
}
