package dev.gantry.platform.pki;

import java.util.Optional;
import java.util.Set;

/**
 * Whom a certificate names.
 *
 * @param commonName the service, which is its role everywhere: gRPC, PostgreSQL, Kafka
 * @param hosts DNS names besides localhost and 127.0.0.1
 * @param node for an agent, the one node it may speak for: subject alternative name {@code URI:gantry://node/<node>}
 */
public record Subject(String commonName, Set<String> hosts, Optional<String> node) {
    public Subject {
        hosts = Set.copyOf(hosts);
    }

    public static Subject service(String name, String host) {
        return new Subject(name, Set.of(host), Optional.empty());
    }

    public static Subject agent(String node, String host) {
        return new Subject("agent", Set.of(host), Optional.of(node));
    }
}
