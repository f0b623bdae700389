package dev.gantry.scheduler.rpc;

import dev.gantry.contracts.rpc.InventoryFact;
import dev.gantry.contracts.rpc.ScheduledContainer;
import dev.gantry.contracts.rpc.ScheduledNode;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.PendingOrder;
import dev.gantry.scheduler.container.Phase;
import dev.gantry.scheduler.node.NodeRegistry;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the scheduler knows, told fact by fact. */
@Singleton
class Inventory {
    private final Leadership leadership;
    private final NodeRegistry nodes;

    Inventory(Leadership leadership, NodeRegistry nodes) {
        this.leadership = leadership;
        this.nodes = nodes;
    }

    List<InventoryFact> take() {
        var facts = new ArrayList<InventoryFact>();
        for (var node : nodes.all()) {
            facts.add(InventoryFact.newBuilder()
                    .setNode(ScheduledNode.newBuilder().setName(node.name()).setReady(nodes.ready(node.name())))
                    .build());
        }
        leadership.active().newestFirst().forEach(container -> facts.add(fact(container)));
        return facts;
    }

    private static InventoryFact fact(Container container) {
        var status = container.status();
        return InventoryFact.newBuilder()
                .setScheduled(ScheduledContainer.newBuilder()
                        .setId(container.id())
                        .setName(container.name())
                        .setNode(container.node())
                        .setState(status.word())
                        .setGeneration(status.generation())
                        .setRun(status.run())
                        .setPid(status.alive() ? status.pid() : 0)
                        .addAllOpenOrders(
                                status.orders().stream().map(Inventory::order).toList())
                        .setJoined(status.joined())
                        .setNetworkMode(container.spec().hostConfig().networkMode())
                        .setImage(container.image().toBuilder().clearConfig())
                        .addAllVolumes(container.spec().volumes().stream()
                                .map(mount -> mount.point().name())
                                .toList())
                        .setRan(!status.is(Phase.CREATED) && status.run() > 0))
                .build();
    }

    private static String order(PendingOrder order) {
        return order.verb().toLowerCase(Locale.ROOT) + " " + order.generation();
    }
}
