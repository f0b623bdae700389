package dev.gantry.scheduler.view;

import dev.gantry.contracts.docker.GraphDriver;
import dev.gantry.contracts.docker.container.ContainerInspect;
import dev.gantry.contracts.docker.container.ContainerState;
import dev.gantry.contracts.docker.container.MountPoint;
import dev.gantry.contracts.docker.mount.PlannedMount;
import dev.gantry.contracts.docker.network.NetworkSettings;
import dev.gantry.contracts.docker.network.NetworkSettingsBuilder;
import dev.gantry.contracts.node.NodeFacts;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.Phase;
import dev.gantry.scheduler.container.Status;
import dev.gantry.scheduler.creation.Endpoints;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One container as {@code GET /containers/{id}/json} shows it. */
public final class InspectView {
    private static final String PLATFORM = "linux";

    private InspectView() {}

    public static ContainerInspect of(Container container, NodeFacts node) {
        var spec = container.spec();
        var command = CommandLine.of(spec.config());
        var files = files(container, node);
        return new ContainerInspect(
                container.id(),
                spec.created(),
                command.path(),
                command.arguments(),
                state(container.status()),
                spec.imageId(),
                files.isEmpty() ? "" : files + "/resolv.conf",
                files.isEmpty() ? "" : files + "/hostname",
                files.isEmpty() ? "" : files + "/hosts",
                files.isEmpty() ? "" : files + "/" + container.id() + "-json.log",
                "/" + container.name(),
                container.status().restartCount(),
                driver(node),
                PLATFORM,
                "",
                "",
                "",
                container.status().execs().isEmpty() ? null : container.status().execs(),
                spec.hostConfig(),
                new GraphDriver(Map.of("ID", container.id()), driver(node)),
                null,
                null,
                mounts(container),
                spec.config(),
                networks(container),
                null);
    }

    static List<MountPoint> mounts(Container container) {
        return container.spec().mounts().stream().map(PlannedMount::point).toList();
    }

    static NetworkSettings networks(Container container) {
        var settings = Objects.requireNonNullElseGet(
                container.status().network(),
                () -> Endpoints.before(
                        container.spec().hostConfig().networkMode(),
                        container.spec().networking()));
        return settings.sandboxId().isEmpty() || container.status().pid() == 0
                ? settings
                : NetworkSettingsBuilder.builder(settings)
                        .sandboxKey("/proc/" + container.status().pid() + "/ns/net")
                        .build();
    }

    private static String driver(NodeFacts node) {
        return node.storageDriver().isEmpty() ? "overlay2" : node.storageDriver();
    }

    /** Where the agent keeps the container's files; Docker shows none before the first start. */
    private static String files(Container container, NodeFacts node) {
        return container.status().is(Phase.CREATED) && container.status().generation() == 0
                ? ""
                : node.dataRoot() + "/containers/" + container.id();
    }

    private static ContainerState state(Status status) {
        return new ContainerState(
                status.word(),
                status.up(),
                status.paused(),
                status.awaitsRestart(),
                status.oomKilled(),
                false,
                status.pid(),
                status.exitCode(),
                status.error(),
                status.startedAt(),
                status.finishedAt(),
                null);
    }
}
