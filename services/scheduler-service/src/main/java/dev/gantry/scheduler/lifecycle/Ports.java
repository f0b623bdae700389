package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.docker.mount.PlannedMount;
import dev.gantry.contracts.docker.network.NetworkSettings;
import dev.gantry.contracts.rpc.MountPlan;
import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.Outcome;
import dev.gantry.contracts.rpc.ResolvedImage;
import dev.gantry.scheduler.container.Container;
import java.time.Duration;
import java.util.List;

/**
 * What the life of a container needs of the other services. Each call blocks, has a deadline, may be repeated, and throws
 * {@link dev.gantry.contracts.error.GantryException}: NODE_AWAY, SERVICE_AWAY and TIMED_OUT mean that nobody knows
 * whether it was done, so it is asked again.
 */
public interface Ports {
    /** @throws dev.gantry.contracts.error.GantryException NO_SUCH_IMAGE */
    ResolvedImage resolve(String reference, String platform);

    Joined join(Container container);

    void leave(Container container);

    /** Which of these paths are not there. */
    List<String> missing(String node, List<String> paths);

    /**
     * Its volumes exist, and it refers to them, before the container does.
     *
     * @return the same, with where they are
     */
    List<PlannedMount> claim(String container, String node, List<PlannedMount> volumes);

    List<MountPlan> plan(Container container);

    /** Its processes have ended. */
    void unmount(Container container);

    void release(Container container);

    /** @throws dev.gantry.contracts.error.GantryException STALE_GENERATION when the agent knows a later order */
    Outcome apply(String node, Order order, Duration limit);

    boolean nodeReady(String node);

    /** Waits until the node's agent is connected, or the limit is over. */
    boolean awaitNode(String node, Duration limit) throws InterruptedException;

    /**
     * Waits for a node that is away, as long as it may yet come back.
     *
     * @return false when it has been away for so long that it counts as lost
     */
    boolean awaitReturn(String node) throws InterruptedException;

    record Joined(NetworkPlan plan, NetworkSettings settings) {}
}
