package dev.gantry.platform.kafka;

import dev.gantry.contracts.event.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The topics and their owners. A kind has {@code gantry.<kind>.events} (its history, kept for ever), {@code
 * gantry.<kind>.state} (a compacted snapshot), or both. A service writes the topics of its kinds; every service reads the state topics; the
 * gateway reads the events and writes {@code gantry.audit}. An agent has no business here.
 */
final class Topology {
    static final String GATEWAY = "gateway";

    /** Anybody outside who follows what happens: reads the events, under consumer groups of its own, and nothing else. */
    static final String INTEGRATOR = Integrator.COMMON_NAME;

    /** Service to kinds. */
    static final Map<String, List<ObjectKind>> KINDS = Map.of(
            "scheduler", List.of(ObjectKind.CONTAINER, ObjectKind.NODE),
            "image", List.of(ObjectKind.IMAGE),
            "registry", List.of(ObjectKind.REGISTRY),
            "network", List.of(ObjectKind.NETWORK),
            "volume", List.of(ObjectKind.VOLUME));

    private Topology() {}

    /** @param compacted keeps the last record of each key; else everything is kept */
    record TopicSpec(String name, boolean compacted) {}

    /** @param principal a certificate's common name */
    record Grant(String principal, Verb verb, String topic) {}

    enum Verb {
        READ,
        WRITE
    }

    static List<TopicSpec> topics() {
        var topics = new ArrayList<TopicSpec>();
        KINDS.values().stream().flatMap(List::stream).forEach(kind -> {
            if (kind.hasEvents()) {
                topics.add(new TopicSpec(kind.eventsTopic(), false));
            }
            if (kind.hasState()) {
                topics.add(new TopicSpec(kind.stateTopic(), true));
            }
        });
        return List.copyOf(topics);
    }

    static List<Grant> grants() {
        var grants = new ArrayList<Grant>();
        KINDS.forEach((owner, kinds) -> kinds.forEach(kind -> {
            if (kind.hasEvents()) {
                grants.add(new Grant(owner, Verb.WRITE, kind.eventsTopic()));
                grants.add(new Grant(GATEWAY, Verb.READ, kind.eventsTopic()));
                grants.add(new Grant(INTEGRATOR, Verb.READ, kind.eventsTopic()));
            }
            if (kind.hasState()) {
                grants.add(new Grant(owner, Verb.WRITE, kind.stateTopic()));
                services().forEach(reader -> grants.add(new Grant(reader, Verb.READ, kind.stateTopic())));
            }
        }));
        return List.copyOf(grants);
    }

    /** Everybody who has consumer groups: of names that begin with their own. */
    static List<String> readers() {
        return Stream.concat(services().stream(), Stream.of(INTEGRATOR)).toList();
    }

    private static List<String> services() {
        return Stream.concat(KINDS.keySet().stream(), Stream.of(GATEWAY))
                .sorted()
                .toList();
    }
}
