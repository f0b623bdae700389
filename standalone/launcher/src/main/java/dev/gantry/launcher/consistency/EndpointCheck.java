package dev.gantry.launcher.consistency;

import dev.gantry.contracts.rpc.EndpointPlan;
import dev.gantry.contracts.rpc.HeldEndpoint;
import dev.gantry.contracts.rpc.HostedContainer;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.contracts.rpc.PortPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** network-service's endpoints against the scheduler's containers and the plans that agents have. */
final class EndpointCheck {
    private static final String SHARED = "container:";

    private final Facts facts;
    private final List<Finding> findings = new ArrayList<>();

    private EndpointCheck(Facts facts) {
        this.facts = facts;
    }

    static List<Finding> of(Facts facts) {
        var check = new EndpointCheck(facts);
        if (facts.know(Store.NETWORK)) {
            check.distinct();
        }
        if (facts.know(Store.NETWORK, Store.SCHEDULER)) {
            check.owners();
        }
        if (facts.know(Store.NETWORK, Store.AGENT)) {
            check.plans();
        }
        return check.findings;
    }

    private void distinct() {
        Map<String, String> holders = new HashMap<>();
        for (var endpoint : facts.endpoints()) {
            taken(endpoint).forEach(place -> {
                var other = holders.putIfAbsent(place, endpoint.getContainer());
                if (other != null && !other.equals(endpoint.getContainer())) {
                    add(
                            "place-twice",
                            endpoint.getContainer(),
                            place + " is also that of " + facts.container(other),
                            List.of(Store.NETWORK),
                            List.of(),
                            "docker restart one of them");
                }
            });
        }
    }

    private static Set<String> taken(HeldEndpoint endpoint) {
        var places = new HashSet<String>();
        if (!endpoint.getAddress().isEmpty()) {
            places.add("address " + endpoint.getAddress() + " on node " + endpoint.getNode());
        }
        for (var port : endpoint.getPortsList()) {
            places.add("port " + port.getHostAddress() + ":" + port.getHostPort() + "/" + port.getProtocol()
                    + " of node " + endpoint.getNode());
        }
        return places;
    }

    private void owners() {
        var scheduled = facts.scheduled();
        var joined = new HashSet<String>();
        for (var endpoint : facts.endpoints()) {
            joined.add(endpoint.getContainer());
            var owner = scheduled.get(endpoint.getContainer());
            if (owner == null || !LifecycleCheck.isUp(owner)) {
                add(
                        "endpoint-left",
                        endpoint.getContainer(),
                        "has a place in network " + endpoint.getNetwork() + place(endpoint) + " and "
                                + (owner == null ? "does not exist" : "is " + owner.getState()),
                        List.of(Store.NETWORK),
                        List.of(Store.SCHEDULER),
                        "it is taken out by itself when the scheduler and the log reach network-service");
            }
        }
        for (var container : scheduled.values()) {
            if (LifecycleCheck.hasProcess(container)
                    && !container.getNetworkMode().startsWith(SHARED)
                    && !joined.contains(container.getId())) {
                add(
                        "endpoint-gone",
                        container.getId(),
                        "runs and has no place in network " + container.getNetworkMode(),
                        List.of(Store.SCHEDULER),
                        List.of(Store.NETWORK),
                        "docker restart it: others may get its address");
            }
        }
    }

    private static String place(HeldEndpoint endpoint) {
        return endpoint.getAddress().isEmpty() ? "" : " as " + endpoint.getAddress();
    }

    private void plans() {
        var hosted = facts.hosted();
        for (var endpoint : facts.endpoints()) {
            var container = hosted.get(endpoint.getContainer());
            if (container != null
                    && container.getRunning()
                    && container.getNetwork().getMode() == NetworkPlan.Mode.BRIDGED) {
                compare(endpoint, container);
            }
        }
    }

    private void compare(HeldEndpoint endpoint, HostedContainer container) {
        var addresses = container.getNetwork().getEndpointsList().stream()
                .map(EndpointPlan::getAddress)
                .map(EndpointCheck::withoutPrefix)
                .toList();
        if (!endpoint.getAddress().isEmpty() && !addresses.contains(endpoint.getAddress())) {
            add(
                    "other-address",
                    endpoint.getContainer(),
                    "network-service gave it " + endpoint.getAddress() + ", the agent has " + addresses,
                    List.of(),
                    List.of(),
                    "docker restart it");
        }
        var held = ports(endpoint.getPortsList());
        var planned = ports(container.getNetwork().getPortsList());
        if (!held.equals(planned)) {
            add(
                    "other-ports",
                    endpoint.getContainer(),
                    "network-service gave it the ports " + held + ", the agent has " + planned,
                    List.of(),
                    List.of(),
                    "docker restart it");
        }
    }

    static String withoutPrefix(String cidr) {
        return cidr.contains("/") ? cidr.substring(0, cidr.indexOf('/')) : cidr;
    }

    /** The agent is told once of a port that both families have. */
    private static Set<String> ports(List<PortPlan> ports) {
        var texts = new TreeSet<String>();
        for (var port : ports) {
            texts.add(port.getHostPort() + "->" + port.getContainerPort() + "/" + port.getProtocol());
        }
        return texts;
    }

    private void add(String kind, String id, String what, List<Store> known, List<Store> missing, String remedy) {
        findings.add(new Finding(kind, facts.container(id), what, known, missing, remedy));
    }
}
