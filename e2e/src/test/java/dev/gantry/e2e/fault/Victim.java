package dev.gantry.e2e.fault;

import dev.gantry.e2e.harness.Packaging;
import java.util.List;
import java.util.stream.Stream;

/** Who is killed. */
public enum Victim {
    GATEWAY("the gateway", "gateway"),
    SCHEDULER("the scheduler", "scheduler"),
    IMAGE("the image service", "image"),
    REGISTRY("the registry", "registry"),
    NETWORK("the network service", "network"),
    VOLUME("the volume service", "volume"),
    CONTROL_PLANE("the control plane", "control-plane"),
    AGENT("the agent", "agent"),
    MONITOR("the containers' monitors", ""),
    /** They share a process. */
    LAUNCHER("Kafka and the launcher", "launcher"),
    POSTGRES("PostgreSQL", "postgres"),
    /** Everything at once, with all that the kernel has of it; then it boots. */
    HOST("the whole host", "");

    private final String words;
    private final String process;

    Victim(String words, String process) {
        this.words = words;
        this.process = process;
    }

    /** As it stands in the name of a case. */
    public String words() {
        return words;
    }

    /** As {@code gantry status} calls it. */
    public String process() {
        return process;
    }

    String tag() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Clients talk to it, so their connections break. */
    boolean holdsConnections() {
        return this == GATEWAY || this == CONTROL_PLANE || this == HOST;
    }

    /** Streams to containers run through it. */
    boolean holdsStreams() {
        return holdsConnections() || this == AGENT;
    }

    /** Who can be killed there and is a process of that packaging only, or of both and has had no turn. */
    public static List<Victim> of(Packaging packaging, boolean all) {
        return Stream.of(values())
                .filter(victim -> switch (packaging) {
                    case ONE_CONTROL_PLANE -> victim == CONTROL_PLANE || (all && victim.isEverywhere());
                    case SEPARATE_PROCESSES -> victim != CONTROL_PLANE;
                })
                .toList();
    }

    private boolean isEverywhere() {
        return this == AGENT || this == MONITOR || this == LAUNCHER || this == POSTGRES || this == HOST;
    }
}
