package dev.gantry.scheduler.lifecycle;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.create.UpdatePlan;
import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.PendingOrder;
import dev.gantry.scheduler.container.Phase;
import dev.gantry.scheduler.container.Verb;
import java.time.Instant;
import java.util.List;

/** Changing limits and restart policy: pure, as {@link Transitions}. A container that is up is updated once its agent says so. */
final class Updating {
    /** The change, and what the client should know though it is no error. */
    record Updated(Change change, List<String> warnings) {}

    private Updating() {}

    static Updated update(Container container, HostConfig wish, NodeFacts node, Instant now) {
        var status = container.status();
        if (status.is(Phase.REMOVING)) {
            throw ErrorCode.CONFLICT.with("Cannot update container " + container.id()
                    + ": container is marked for removal and cannot be \"update\"");
        }
        var plan = UpdatePlan.of(container.id(), latest(container), wish, node);
        var change = status.up() || status.starting()
                ? new Step(container, now)
                        .order(Verb.UPDATE, DockerJson.writeText(plan.hostConfig()))
                        .commit()
                : updated(container, plan.hostConfig(), now);
        return new Updated(change, plan.warnings());
    }

    /** With what is on its way to the agent already. */
    private static HostConfig latest(Container container) {
        return container.status().orders().stream()
                .filter(order -> order.is(Verb.UPDATE))
                .reduce((first, second) -> second)
                .map(Updating::document)
                .orElseGet(() -> container.spec().hostConfig());
    }

    private static HostConfig document(PendingOrder order) {
        return DockerJson.read(order.document().getBytes(java.nio.charset.StandardCharsets.UTF_8), HostConfig.class);
    }

    private static Change updated(Container container, HostConfig host, Instant now) {
        return new Step(container.specified(container.spec().on(host)), now)
                .say("update")
                .commit();
    }

    /** The agent has done it. */
    static Change done(Container container, PendingOrder order, Instant now) {
        var host = document(order);
        return new Step(container.specified(container.spec().on(host)), now)
                .acknowledge(order.generation())
                .say("update")
                .commit();
    }
}
