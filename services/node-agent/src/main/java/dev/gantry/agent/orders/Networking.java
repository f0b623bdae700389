package dev.gantry.agent.orders;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.container.Containers;
import dev.gantry.agent.network.ContainerNetworks;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.rpc.StartOrder;
import dev.gantry.linux.Fd;
import dev.gantry.linux.FileCalls;
import dev.gantry.linux.Kernel;
import dev.gantry.linux.KernelException;
import dev.gantry.linux.launch.NetworkNamespace;
import java.nio.file.Path;

/** Where a container's network namespace comes from. */
public final class Networking {
    private final Kernel kernel;
    private final ContainerNetworks networks;
    private final Containers containers;

    public Networking(Kernel kernel, ContainerNetworks networks, Containers containers) {
        this.kernel = kernel;
        this.networks = networks;
        this.containers = containers;
    }

    /** The namespace of a plan, with its interfaces and ports; a given one is the caller's to close. */
    NetworkNamespace join(Container container, StartOrder start) {
        var plan = start.getNetwork();
        return switch (plan.getMode()) {
            case NONE -> new NetworkNamespace.Own();
            case HOST -> new NetworkNamespace.Host();
            case BRIDGED -> new NetworkNamespace.Given(networks.join(container.id(), start.getName(), plan));
            case SHARED -> new NetworkNamespace.Given(namespaceOf(plan.getContainer()));
            case MODE_UNSPECIFIED, UNRECOGNIZED ->
                throw ErrorCode.NOT_IMPLEMENTED.with("network mode " + plan.getMode());
        };
    }

    static void close(NetworkNamespace namespace) {
        if (namespace instanceof NetworkNamespace.Given(var descriptor)) {
            descriptor.close();
        }
    }

    /** Takes ports and interfaces away; nothing to take is success. */
    void leave(Container container) {
        networks.leave(container.id());
    }

    /** Where a container whose network is shared has its hosts, hostname and resolv.conf. */
    Path directoryOf(String container) {
        return containers.get(container).directory();
    }

    private Fd namespaceOf(String other) {
        var run = containers.get(other).run();
        if (run.isEmpty()) {
            throw notRunning(other);
        }
        try {
            var descriptor = Fd.own(kernel, kernel.open("/proc/" + run.get().pid() + "/ns/net", FileCalls.O_RDONLY, 0));
            if (run.get().signal(0)) { // or the number could be another process's by now
                return descriptor;
            }
            descriptor.close();
            throw notRunning(other);
        } catch (KernelException e) {
            throw notRunning(other);
        }
    }

    private static RuntimeException notRunning(String container) {
        return ErrorCode.NETWORKING_FAILED.with(
                "cannot join network namespace of a non running container: " + container);
    }
}
