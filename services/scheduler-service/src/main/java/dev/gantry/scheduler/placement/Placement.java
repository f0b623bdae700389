package dev.gantry.scheduler.placement;

import dev.gantry.contracts.error.ErrorCode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses a node: one that is ready, of the wanted platform and with room for the wanted memory; among those the one with the
 * fewest containers, then the first by name, so that the same question has the same answer.
 */
public final class Placement {
    private Placement() {}

    /**
     * @param platform os/arch[/variant], or empty: any
     * @param memoryBytes the container's limit; 0: none
     */
    public record Request(String platform, long memoryBytes) {}

    /** @throws dev.gantry.contracts.error.GantryException NO_NODE with the reason */
    public static String choose(Collection<Candidate> nodes, Request request) {
        var ready = nodes.stream().filter(Candidate::ready).toList();
        if (ready.isEmpty()) {
            throw ErrorCode.NO_NODE.with(nodes.isEmpty() ? "no node has joined yet" : "no node is connected");
        }
        var able = ready.stream().filter(node -> runs(node, request.platform())).toList();
        if (able.isEmpty()) {
            throw ErrorCode.NO_NODE.with("none is " + request.platform());
        }
        return roomiest(able, request.memoryBytes());
    }

    private static String roomiest(List<Candidate> able, long memoryBytes) {
        return able.stream()
                .filter(node -> node.memoryBytes() == 0 || memoryBytes <= node.memoryBytes())
                .min(Comparator.comparingInt(Candidate::containers).thenComparing(Candidate::node))
                .map(Candidate::node)
                .orElseThrow(() -> ErrorCode.NO_NODE.with("none has " + memoryBytes + " bytes of memory"));
    }

    /** A variant that is asked for but not known of the node is no obstacle: the image decided already. */
    private static boolean runs(Candidate node, String platform) {
        return platform.isEmpty()
                || node.platform().isEmpty()
                || platform.equals(node.platform())
                || platform.startsWith(node.platform() + "/");
    }
}
