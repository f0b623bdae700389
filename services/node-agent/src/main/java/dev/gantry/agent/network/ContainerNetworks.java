package dev.gantry.agent.network;

import dev.gantry.contracts.rpc.NetworkPlan;
import dev.gantry.linux.Fd;
import java.util.Map;

/**
 * Gives containers their networks. Calls take milliseconds of system calls that may block: not for virtual threads. Different containers may
 * be joined at the same time.
 */
public interface ContainerNetworks extends AutoCloseable {
    /**
     * A namespace with the plan's interfaces, and the plan's ports open on this host.
     *
     * @param container full id
     * @param name of the container, for errors
     * @param plan of mode BRIDGED
     * @return the namespace, the caller's to close; it lives as long as a process is in it
     * @throws dev.gantry.contracts.error.GantryException PORT_IN_USE when somebody else listens on a port of the plan, NETWORKING_FAILED for
     *     everything else; nothing is left then
     */
    Fd join(String container, String name, NetworkPlan plan);

    /** Takes ports and interfaces away. What is not there is success. The interfaces vanish soon after this returns. */
    void leave(String container);

    /**
     * Once, before anything is joined: what an earlier process made for these containers is kept and completed, all else of it is removed.
     *
     * @param running plans of the mode BRIDGED by the ids of containers that run
     */
    void adopt(Map<String, NetworkPlan> running);

    /** Lets go. Bridges and table are removed when no container uses them. */
    @Override
    void close();
}
