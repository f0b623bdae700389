package dev.gantry.scheduler.view;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.Port;
import dev.gantry.contracts.docker.container.PortBinding;
import dev.gantry.contracts.docker.port.PortKey;
import dev.gantry.contracts.docker.port.PortRange;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.filter.Filters;
import dev.gantry.scheduler.container.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The ports of a container in the list, published or only exposed, and the filters that look at them. */
final class PortList {
    private PortList() {}

    /** By the container's port; one that leads to the host for each of its addresses. */
    static List<Port> of(Container container) {
        var sorted = new TreeMap<PortKey, List<PortBinding>>();
        Empty.ifNull(InspectView.networks(container).ports())
                .forEach((text, bindings) ->
                        PortKey.parse(text).ifPresent(key -> sorted.put(key, Empty.ifNull(bindings))));
        var ports = new ArrayList<Port>();
        sorted.forEach((key, bindings) -> {
            if (bindings.isEmpty()) {
                ports.add(new Port("", key.port(), 0, key.protocol()));
            }
            bindings.forEach(binding -> ports.add(
                    new Port(binding.hostIp(), key.port(), Integer.parseInt(binding.hostPort()), key.protocol())));
        });
        return ports;
    }

    /** {@code publish} names ports of the host, {@code expose} the container's: {@code 80}, {@code 80/udp}, {@code 80-90/tcp}. */
    static Predicate<Container> matching(Filters filters) {
        var published = filters.get("publish").stream()
                .map(asked -> Asked.parse("publish", asked))
                .toList();
        var exposed = filters.get("expose").stream()
                .map(asked -> Asked.parse("expose", asked))
                .toList();
        return container -> (published.isEmpty() && exposed.isEmpty())
                || of(container).stream()
                        .anyMatch(port -> published.stream().anyMatch(asked -> asked.is(port.publicPort(), port.type()))
                                || exposed.stream().anyMatch(asked -> asked.is(port.privatePort(), port.type())));
    }

    private record Asked(PortRange range, String protocol) {
        static Asked parse(String filter, String text) {
            if (text.contains(":")) {
                throw ErrorCode.INVALID_PARAMETER.with("filter for '" + filter + "' should not contain ':': " + text);
            }
            var slash = text.indexOf('/');
            var range = PortRange.parse(slash < 0 ? text : text.substring(0, slash))
                    .filter(ports -> !ports.any())
                    .orElseThrow(() -> ErrorCode.INVALID_PARAMETER.with(
                            "error while looking up for " + filter + " " + text + ": invalid port"));
            return new Asked(
                    range, slash < 0 ? "tcp" : text.substring(slash + 1).toLowerCase(Locale.ROOT));
        }

        boolean is(int port, String type) {
            return range.contains(port) && protocol.equals(type);
        }
    }
}
