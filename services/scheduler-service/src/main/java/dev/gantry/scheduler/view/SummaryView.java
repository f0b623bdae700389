package dev.gantry.scheduler.view;

import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.ContainerSummary;
import dev.gantry.contracts.docker.container.SummaryHostConfig;
import dev.gantry.contracts.docker.container.SummaryNetworkSettings;
import dev.gantry.scheduler.container.Container;
import java.time.Instant;
import java.util.List;

/** One container as {@code GET /containers/json} shows it. */
final class SummaryView {
    private SummaryView() {}

    static ContainerSummary of(Container container, Instant now) {
        var spec = container.spec();
        return new ContainerSummary(
                container.id(),
                List.of("/" + container.name()),
                spec.config().image(),
                spec.imageId(),
                CommandLine.of(spec.config()).text(),
                spec.created().getEpochSecond(),
                PortList.of(container),
                0,
                0,
                Empty.ifNull(spec.config().labels()),
                container.status().word(),
                StatusText.of(container.status(), now),
                new SummaryHostConfig(
                        spec.hostConfig().networkMode(), spec.hostConfig().annotations()),
                new SummaryNetworkSettings(InspectView.networks(container).networks()),
                InspectView.mounts(container),
                null);
    }
}
