package dev.gantry.launcher.consistency;

import dev.gantry.contracts.rpc.EndpointPlan;
import dev.gantry.contracts.rpc.HostedContainer;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.contracts.rpc.PortPlan;
import dev.gantry.launcher.consistency.KernelFacts.HostLink;
import dev.gantry.launcher.consistency.KernelFacts.LedPort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The plans of bridged containers against links, addresses, the nf_tables table and who listens on the host. */
final class HostNetworkCheck {
    private static final String BRIDGE = "bridge";
    private static final String RESTART = "docker restart it";

    private final Facts facts;
    private final List<Finding> findings = new ArrayList<>();

    private HostNetworkCheck(Facts facts) {
        this.facts = facts;
    }

    static List<Finding> of(Facts facts) {
        var check = new HostNetworkCheck(facts);
        if (facts.know(Store.AGENT)) {
            var bridged = facts.hosted().values().stream()
                    .filter(container -> container.getNetwork().getMode() == NetworkPlan.Mode.BRIDGED)
                    .toList();
            var running = bridged.stream().filter(HostedContainer::getRunning).toList();
            running.forEach(check::container);
            check.strayLinks(running);
            check.table(running);
        }
        return check.findings;
    }

    private void container(HostedContainer container) {
        for (var endpoint : container.getNetwork().getEndpointsList()) {
            link(container, endpoint);
            address(container, endpoint);
        }
        for (var port : container.getNetwork().getPortsList()) {
            listener(container, port);
        }
    }

    private void link(HostedContainer container, EndpointPlan endpoint) {
        var bridge = endpoint.getBridge().getName();
        if (facts.kernel().links().stream().noneMatch(link -> isBridge(link, bridge))) {
            add(
                    "bridge-gone",
                    container,
                    "there is no bridge " + bridge,
                    "end the agent's process: a new one makes it");
        } else if (facts.kernel().links().stream().noneMatch(link -> owned(link, container, bridge))) {
            add("link-gone", container, "none of its links hangs on bridge " + bridge, RESTART);
        }
    }

    private static boolean isBridge(HostLink link, String name) {
        return link.kind().equals(BRIDGE) && link.name().equals(name);
    }

    private static boolean owned(HostLink link, HostedContainer container, String bridge) {
        return link.owner().equals(container.getId()) && link.bridge().equals(bridge);
    }

    private void address(HostedContainer container, EndpointPlan endpoint) {
        var address = EndpointCheck.withoutPrefix(endpoint.getAddress());
        var inside = facts.kernel().insides().get(container.getId());
        if (inside != null && !address.isEmpty() && !inside.addresses().contains(address)) {
            add("address-gone", container, "has not the address " + address + " but " + inside.addresses(), RESTART);
        }
    }

    private void listener(HostedContainer container, PortPlan port) {
        var held = facts.kernel().listeners().stream()
                .anyMatch(listener -> listener.agent()
                        && listener.protocol().equals(port.getProtocol())
                        && listener.port() == port.getHostPort());
        var bindable = port.getProtocol().equals("tcp") || port.getProtocol().equals("udp");
        if (bindable && !held && !container.getNetwork().getEndpointsList().isEmpty()) {
            add(
                    "port-unbound",
                    container,
                    "the agent does not listen on port " + port.getHostPort() + "/" + port.getProtocol()
                            + ", which leads to it",
                    "see who does (ss -lnp) and end that; then end the agent's process: a new one binds it");
        }
    }

    private void strayLinks(List<HostedContainer> running) {
        var owners = new HashSet<String>();
        running.forEach(container -> owners.add(container.getId()));
        for (var link : facts.kernel().links()) {
            if (!link.kind().equals(BRIDGE) && !link.owner().isEmpty() && !owners.contains(link.owner())) {
                findings.add(new Finding(
                        "link-left",
                        "link " + link.name(),
                        "was made for " + facts.container(link.owner()) + ", which does not run",
                        List.of(Store.KERNEL),
                        List.of(Store.AGENT),
                        "ip link delete " + link.name()));
            }
        }
    }

    private void table(List<HostedContainer> running) {
        Set<LedPort> expected = new HashSet<>();
        for (var container : running) {
            var mine = led(container.getNetwork());
            expected.addAll(mine);
            if (!mine.isEmpty() || !container.getNetwork().getEndpointsList().isEmpty()) {
                missing(container, mine);
            }
        }
        for (var port : facts.kernel().table().orElse(List.of())) {
            if (!expected.contains(port)) {
                findings.add(new Finding(
                        "port-left",
                        "port " + port,
                        "is led to no container that runs",
                        List.of(Store.KERNEL),
                        List.of(Store.AGENT),
                        "end the agent's process: a new one installs the table anew"));
            }
        }
    }

    private void missing(HostedContainer container, List<LedPort> mine) {
        if (facts.kernel().table().isEmpty()) {
            add(
                    "table-gone",
                    container,
                    "there is no nf_tables table: it reaches nothing outside, and nobody reaches its ports",
                    "end the agent's process: a new one installs it");
            return;
        }
        var there = Set.copyOf(facts.kernel().table().get());
        mine.stream()
                .filter(port -> !there.contains(port))
                .forEach(port -> add(
                        "port-gone",
                        container,
                        "port " + port + " is not in the nf_tables table",
                        "end the agent's process: a new one installs the table anew"));
    }

    /** As the agent makes elements of a plan: one for each family that host and container have in common. */
    static List<LedPort> led(NetworkPlan plan) {
        var led = new ArrayList<LedPort>();
        for (var port : plan.getPortsList()) {
            for (var target : targets(plan)) {
                var host = port.getHostAddress();
                if (host.isEmpty() || isV6(host) == isV6(target)) {
                    led.add(new LedPort(
                            port.getProtocol(),
                            isAny(host) ? "" : host,
                            port.getHostPort(),
                            target,
                            port.getContainerPort()));
                }
            }
        }
        return led;
    }

    private static List<String> targets(NetworkPlan plan) {
        return plan.getEndpointsList().stream()
                .limit(1)
                .flatMap(first -> java.util.stream.Stream.of(first.getAddress(), first.getAddress6()))
                .filter(address -> !address.isEmpty())
                .map(EndpointCheck::withoutPrefix)
                .toList();
    }

    private static boolean isAny(String address) {
        return address.isEmpty() || address.equals("0.0.0.0") || address.equals("::");
    }

    private static boolean isV6(String address) {
        return address.contains(":");
    }

    private void add(String kind, HostedContainer container, String what, String remedy) {
        findings.add(new Finding(
                kind, facts.container(container.getId()), what, List.of(Store.AGENT), List.of(Store.KERNEL), remedy));
    }
}
