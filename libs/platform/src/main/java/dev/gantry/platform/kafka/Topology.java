package dev.gantry.platform.kafka;

import dev.gantry.contracts.event.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The topics and their owners. Each kind has {@code gantry.<kind>.events} (its history, kept for ever) and {@code
 * gantry.<kind>.state} (a compacted snapshot). A service writes the topics of its kinds; every service reads the state topics; the
 * gateway reads the events and writes {@code gantry.audit}. An agent has no business here.
 */
final class Topology {
    static final String GATEWAY = "gateway";
    static final String AUDIT = "gantry.audit";

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
        topics.add(new TopicSpec(AUDIT, false));
        KINDS.values().stream().flatMap(List::stream).forEach(kind -> {
            topics.add(new TopicSpec(kind.eventsTopic(), false));
            topics.add(new TopicSpec(kind.stateTopic(), true));
        });
        return List.copyOf(topics);
    }

    static List<Grant> grants() {
        var grants = new ArrayList<Grant>();
        grants.add(new Grant(GATEWAY, Verb.WRITE, AUDIT));
        grants.add(new Grant(GATEWAY, Verb.READ, AUDIT));
        KINDS.forEach((owner, kinds) -> kinds.forEach(kind -> {
            grants.add(new Grant(owner, Verb.WRITE, kind.eventsTopic()));
            grants.add(new Grant(owner, Verb.WRITE, kind.stateTopic()));
            grants.add(new Grant(GATEWAY, Verb.READ, kind.eventsTopic()));
            readers().forEach(reader -> grants.add(new Grant(reader, Verb.READ, kind.stateTopic())));
        }));
        return List.copyOf(grants);
    }

    /** Everybody who takes part in Kafka at all. */
    static List<String> readers() {
        var readers = new ArrayList<>(KINDS.keySet());
        readers.add(GATEWAY);
        return readers.stream().sorted().toList();
    }
}
