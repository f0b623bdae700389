package dev.gantry.agent.network;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.error.GantryException;
import dev.gantry.contracts.rpc.EndpointPlan;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.linux.Fd;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.netlink.Link;
import dev.gantry.linux.netlink.NetlinkMessage;
import dev.gantry.linux.netlink.RouteRequest;
import dev.gantry.linux.netlink.RouteSocket;
import dev.gantry.linux.nftables.PlatformTable;
import dev.gantry.linux.process.NetnsPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The networks of the namespace that the agent itself lives in. */
public final class HostNetworks implements ContainerNetworks {
    private static final Logger LOG = Logger.getLogger(HostNetworks.class);
    private static final int SANDBOXES_READY = 4;
    private static final String FIRST_INTERFACE = "eth0";

    /** Links go with their namespace, all at once and cheaper than one by one; those that somebody keeps alive are deleted after this. */
    private static final int KEPT_LINK_MILLIS = 300;

    private final String instance;
    private final RouteSocket host;
    private final RouteSocket background;
    private final Firewall firewall;
    private final Bridges bridges;
    private final HostPorts ports = new HostPorts();
    private final Sandboxes sandboxes;
    private final Map<String, List<String>> links = new ConcurrentHashMap<>();
    private final ScheduledExecutorService janitor;

    /** @param instance whose name links and the table carry */
    public HostNetworks(Kernel kernel, NetnsPool namespaces, String instance) {
        this.instance = instance;
        host = RouteSocket.open(kernel);
        background = RouteSocket.open(kernel); // apart: a start does not wait for what is made ahead
        firewall = new Firewall(() -> PlatformTable.open(kernel, instance));
        bridges = new Bridges(host, alias(""));
        sandboxes = new Sandboxes(kernel, namespaces, background, SANDBOXES_READY);
        janitor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("links").factory());
    }

    private String alias(String owner) {
        return instance + "/" + owner;
    }

    @Override
    public void adopt(Map<String, NetworkPlan> running) {
        for (var link : host.links()) {
            adopt(link, running);
        }
        running.forEach(this::complete);
        install(!running.isEmpty());
        running.forEach(ports::claimAgain);
        sandboxes.start();
    }

    /**
     * A table only where somebody needs one. Without nf_tables the agent still runs what needs no bridge; the others' starts say what is
     * missing.
     */
    private void install(boolean needed) {
        try {
            if (needed) {
                firewall.install();
            } else {
                firewall.remove();
            }
        } catch (RuntimeException e) {
            LOG.errorf("no bridged networks: %s", e.getMessage());
        }
    }

    /** Keeps a container's link and deletes what nobody has any more. */
    private void adopt(Link link, Map<String, NetworkPlan> running) {
        if (!link.kind().equals("veth") || !link.alias().startsWith(alias(""))) {
            return;
        }
        var owner = link.alias().substring(alias("").length());
        if (running.containsKey(owner)) {
            links.computeIfAbsent(owner, _ -> new ArrayList<>()).add(link.name());
        } else {
            LOG.infof("link %s belonged to no container that runs and is removed", link.name());
            background.delete(link.name());
        }
    }

    private void complete(String container, NetworkPlan plan) {
        try {
            for (var endpoint : plan.getEndpointsList()) {
                var bridge = bridges.ensure(endpoint.getBridge());
                firewall.expect(Endpoints.network(endpoint.getBridge()));
                for (var name : links.getOrDefault(container, List.of())) {
                    rehang(name, bridge);
                }
            }
            firewall.expect(container, Endpoints.publications(plan));
        } catch (RuntimeException e) {
            LOG.errorf(e, "the network of container %s could not be taken over", container);
        }
    }

    /** Should somebody have deleted the bridge meanwhile. */
    private void rehang(String name, int bridge) {
        var link = host.link(name);
        if (link.isPresent() && link.get().master() == 0) {
            host.apply(RouteRequest.master(link.get().index(), bridge));
        }
    }

    @Override
    public Fd join(String container, String name, NetworkPlan plan) {
        try {
            ports.claim(container, name, plan);
            return connect(container, plan);
        } catch (RuntimeException e) {
            undo(container);
            throw e instanceof GantryException known
                    ? known
                    : ErrorCode.NETWORKING_FAILED
                            .with(String.valueOf(e.getMessage()))
                            .causedBy(e);
        }
    }

    private Fd connect(String container, NetworkPlan plan) {
        var sandbox = sandboxes.take();
        try (var inside = sandbox.inside()) {
            var mine = new ArrayList<String>();
            links.put(container, mine);
            for (var endpoint : plan.getEndpointsList()) {
                firewall.ensure(Endpoints.network(endpoint.getBridge()));
                if (mine.isEmpty()) {
                    mine.add(sandbox.link());
                    plug(container, endpoint, sandbox.linkIndex(), inside, sandbox.peerIndex());
                } else {
                    mine.add(plugAnother(container, endpoint, sandbox));
                }
            }
            firewall.publish(container, Endpoints.publications(plan));
            return sandbox.namespace();
        } catch (RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    private String plugAnother(String container, EndpointPlan endpoint, Sandbox sandbox) {
        var link = sandboxes.name();
        var peer = endpoint.getInterface();
        host.apply(RouteRequest.addVeth(link, peer, sandbox.namespace()));
        plug(
                container,
                endpoint,
                Sandboxes.index(host, link),
                sandbox.inside(),
                Sandboxes.index(sandbox.inside(), peer));
        return link;
    }

    private void plug(String container, EndpointPlan endpoint, int link, RouteSocket inside, int peer) {
        var bridge = bridges.ensure(endpoint.getBridge());
        var outside = new ArrayList<NetlinkMessage>();
        outside.add(RouteRequest.alias(link, alias(container)));
        if (endpoint.getBridge().getMtu() > 0) {
            outside.add(RouteRequest.mtu(link, endpoint.getBridge().getMtu()));
        }
        outside.add(RouteRequest.withoutLinkLocal(link));
        outside.add(RouteRequest.master(link, bridge));
        outside.add(RouteRequest.bridgePort(link, true, endpoint.getBridge().getIsolated()));
        outside.add(RouteRequest.up(link, "of container " + container));
        host.apply(outside);
        inside.apply(interior(endpoint, peer));
    }

    private static List<NetlinkMessage> interior(EndpointPlan endpoint, int link) {
        var requests = new ArrayList<NetlinkMessage>();
        if (!endpoint.getInterface().equals(FIRST_INTERFACE)) {
            requests.add(RouteRequest.rename(link, endpoint.getInterface()));
        }
        if (!endpoint.getMac().isEmpty()) {
            requests.add(RouteRequest.mac(link, endpoint.getMac()));
        }
        if (endpoint.getBridge().getMtu() > 0) {
            requests.add(RouteRequest.mtu(link, endpoint.getBridge().getMtu()));
        }
        if (endpoint.getAddress6().isEmpty()) {
            requests.add(RouteRequest.withoutLinkLocal(link));
        }
        Endpoints.addresses(endpoint).forEach(address -> requests.add(RouteRequest.address(link, address)));
        requests.add(RouteRequest.up(link, endpoint.getInterface()));
        Endpoints.gateways(endpoint).forEach(gateway -> requests.add(RouteRequest.defaultRoute(link, gateway)));
        return requests;
    }

    private void undo(String container) {
        try {
            leave(container);
        } catch (RuntimeException e) {
            LOG.errorf("container %s: left behind: %s", container, e.getMessage());
        }
    }

    @Override
    public void leave(String container) {
        try {
            firewall.withdraw(container);
        } finally {
            ports.release(container);
            var mine = links.remove(container);
            if (mine != null) {
                var _ = janitor.schedule(() -> delete(mine), KEPT_LINK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void delete(List<String> names) {
        for (var name : names) {
            try {
                background.delete(name);
            } catch (RuntimeException e) {
                LOG.errorf("left behind: %s", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        janitor.close();
        sandboxes.close();
        ports.close();
        try {
            if (links.isEmpty()) {
                firewall.remove();
                bridges.removeUnused();
            }
        } catch (RuntimeException e) {
            LOG.errorf("left behind: %s", e.getMessage());
        }
        firewall.close();
        background.close();
        host.close();
    }
}
