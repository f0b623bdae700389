package dev.gantry.agent.server;

import dev.gantry.agent.container.Container;
import dev.gantry.agent.container.Containers;
import dev.gantry.agent.journal.ContainerState;
import dev.gantry.agent.layers.LayerStore;
import dev.gantry.agent.rootfs.RootFilesystems;
import dev.gantry.agent.volumes.VolumeDirectories;
import dev.gantry.contracts.rpc.AgentHost;
import dev.gantry.contracts.rpc.HostedContainer;
import dev.gantry.contracts.rpc.InventoryFact;
import dev.gantry.contracts.rpc.Order;
import dev.gantry.contracts.rpc.UnpackedLayer;
import dev.gantry.contracts.rpc.VolumeOnDisk;
import java.util.ArrayList;
import java.util.List;

/** What this agent knows and keeps, told fact by fact: its journals, its directories. What the kernel has is for others to look at. */
public final class Inventory {
    private final String node;
    private final Containers containers;
    private final RootFilesystems roots;
    private final LayerStore layers;
    private final VolumeDirectories volumes;

    public Inventory(
            String node, Containers containers, RootFilesystems roots, LayerStore layers, VolumeDirectories volumes) {
        this.node = node;
        this.containers = containers;
        this.roots = roots;
        this.layers = layers;
        this.volumes = volumes;
    }

    public List<InventoryFact> take() {
        var facts = new ArrayList<InventoryFact>();
        facts.add(InventoryFact.newBuilder()
                .setHost(AgentHost.newBuilder().setNode(node))
                .build());
        containers.all().forEach(container -> facts.add(fact(container)));
        layers.all()
                .forEach(layer -> facts.add(InventoryFact.newBuilder()
                        .setLayer(UnpackedLayer.newBuilder().setDiffId(layer.toString()))
                        .build()));
        volumes.all()
                .forEach(volume -> facts.add(InventoryFact.newBuilder()
                        .setVolumeOnDisk(VolumeOnDisk.newBuilder().setName(volume))
                        .build()));
        return facts;
    }

    private InventoryFact fact(Container container) {
        var state = container.journal().state();
        var fact = HostedContainer.newBuilder()
                .setId(container.id())
                .setGeneration(state.generation())
                .setRun(state.run())
                .setRunning(state.running())
                .setWatched(container.run().isPresent())
                .setCleaned(state.cleaned())
                .setReleased(state.released())
                .setRestartDue(state.restart().due())
                .setOrdersOpen(!container.inFlight().isEmpty())
                .setUnacknowledged(state.unacknowledged().size())
                .setHasRoot(roots.exists(container.id()))
                .setHasOutput(container.spool().exists());
        process(state, fact);
        state.start()
                .map(Order::getStart)
                .ifPresent(start -> fact.setNetwork(start.getNetwork())
                        .addAllMounts(start.getMountsList())
                        .setImage(start.getImage().toBuilder().clearConfig()));
        return InventoryFact.newBuilder().setHosted(fact).build();
    }

    private static void process(ContainerState state, HostedContainer.Builder fact) {
        state.process().ifPresent(launched -> {
            var kernel = launched.kernel();
            fact.setPid(kernel.process().pid())
                    .setStartTime(kernel.process().startTime())
                    .setMonitorPid(kernel.monitor().pid())
                    .setMonitorStartTime(kernel.monitor().startTime());
        });
    }
}
