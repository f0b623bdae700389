package dev.gantry.agent.network;

import dev.gantry.contracts.rpc.BridgePlan;
import dev.gantry.linux.Errno;
import dev.gantry.linux.netlink.IpPrefix;
import dev.gantry.linux.netlink.Link;
import dev.gantry.linux.netlink.NetlinkException;
import dev.gantry.linux.netlink.RouteRequest;
import dev.gantry.linux.netlink.RouteSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jboss.logging.Logger;

/** The bridges of this host: made when they are missing, left to the next container. */
final class Bridges {
    private static final Logger LOG = Logger.getLogger(Bridges.class);

    private static final String BRIDGE = "bridge";

    private final RouteSocket host;
    private final String instance;
    private final Set<BridgePlan> complete = new HashSet<>();

    /** @param instance what the aliases of links that were made here begin with */
    Bridges(RouteSocket host, String instance) {
        this.host = host;
        this.instance = instance;
    }

    /** @return its index */
    synchronized int ensure(BridgePlan plan) {
        var there = host.link(plan.getName());
        if (there.isPresent() && complete.contains(plan)) {
            return there.get().index();
        }
        var bridge = there.orElseGet(() -> make(plan));
        if (!bridge.kind().equals("bridge")) {
            throw new IllegalStateException("link " + plan.getName() + " is not a bridge but "
                    + (bridge.kind().isEmpty() ? "hardware" : bridge.kind()));
        }
        complete(plan, bridge);
        complete.add(plan);
        return bridge.index();
    }

    private Link make(BridgePlan plan) {
        try {
            host.apply(RouteRequest.addBridge(plan.getName(), randomMac(), plan.getMtu()));
            LOG.infof("bridge %s made", plan.getName());
        } catch (NetlinkException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
        }
        return host.link(plan.getName())
                .orElseThrow(() -> new IllegalStateException("bridge " + plan.getName() + " vanished"));
    }

    /** Each step may be repeated. */
    private void complete(BridgePlan plan, Link bridge) {
        var requests = new ArrayList<>(List.of(RouteRequest.alias(bridge.index(), instance + BRIDGE)));
        for (var address : List.of(plan.getAddress(), plan.getAddress6())) {
            if (!address.isEmpty()) {
                requests.add(RouteRequest.address(bridge.index(), IpPrefix.parse(address)));
            }
        }
        requests.add(RouteRequest.up(bridge.index(), bridge.name()));
        host.apply(requests);
        HostSettings.routeFor(bridge.name(), !plan.getAddress6().isEmpty());
    }

    /** Those of this instance that no link of somebody else's hangs on. */
    synchronized void removeUnused() {
        var links = host.links();
        for (var bridge : links) {
            if (bridge.kind().equals("bridge") && bridge.alias().equals(instance + BRIDGE) && isUnused(bridge, links)) {
                host.delete(bridge.name());
            }
        }
        complete.clear();
    }

    private boolean isUnused(Link bridge, List<Link> links) {
        return links.stream()
                .filter(link -> link.master() == bridge.index())
                .allMatch(link -> link.alias().startsWith(instance));
    }

    /** Locally administered, not a group's. */
    private static String randomMac() {
        var random = new Random();
        return "02:42:%02x:%02x:%02x:%02x"
                .formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }
}
