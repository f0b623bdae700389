package dev.gantry.platform.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The topics and their owners. Each kind has {@code gantry.<kind>.events} (its history, kept for ever) and {@code
 * gantry.<kind>.state} (a compacted snapshot). A service writes the topics of its kinds; every service reads the state topics; the
 * gateway reads the events and writes {@code gantry.audit}. An agent has no business here.
 */
public final class Topology {
    static final String GATEWAY = "gateway";
    static final String AUDIT = "gantry.audit";

    /** Service to kinds. */
    static final Map<String, List<String>> KINDS = Map.of(
            "scheduler", List.of("containers", "nodes"),
            "image", List.of("images", "builds"),
            "registry", List.of("registry"),
            "network", List.of("networks"),
            "volume", List.of("volumes"));

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
            topics.add(new TopicSpec(events(kind), false));
            topics.add(new TopicSpec(state(kind), true));
        });
        return List.copyOf(topics);
    }

    static List<Grant> grants() {
        var grants = new ArrayList<Grant>();
        grants.add(new Grant(GATEWAY, Verb.WRITE, AUDIT));
        grants.add(new Grant(GATEWAY, Verb.READ, AUDIT));
        KINDS.forEach((owner, kinds) -> kinds.forEach(kind -> {
            grants.add(new Grant(owner, Verb.WRITE, events(kind)));
            grants.add(new Grant(owner, Verb.WRITE, state(kind)));
            grants.add(new Grant(GATEWAY, Verb.READ, events(kind)));
            readers().forEach(reader -> grants.add(new Grant(reader, Verb.READ, state(kind))));
        }));
        return List.copyOf(grants);
    }

    /** Everybody who takes part in Kafka at all. */
    static List<String> readers() {
        var readers = new ArrayList<>(KINDS.keySet());
        readers.add(GATEWAY);
        return readers.stream().sorted().toList();
    }

    public static String events(String kind) {
        return "gantry." + kind + ".events";
    }

    public static String state(String kind) {
        return "gantry." + kind + ".state";
    }
}
