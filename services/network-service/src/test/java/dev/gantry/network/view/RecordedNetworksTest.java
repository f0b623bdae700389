package dev.gantry.network.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.Empty;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.HostConfig;
import dev.gantry.contracts.docker.network.EndpointSettings;
import dev.gantry.contracts.docker.port.PortRange;
import dev.gantry.contracts.docker.port.PublishRequest;
import dev.gantry.contracts.recording.Recording;
import dev.gantry.network.address.Subnet;
import dev.gantry.network.endpoint.Endpoint;
import dev.gantry.network.endpoint.Joined;
import dev.gantry.network.endpoint.Network;
import dev.gantry.network.port.PortBook;
import dev.gantry.network.port.PortWish;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The bridge and its endpoints as a real engine showed them. */
class RecordedNetworksTest {
    private static final Subnet SUBNET = Subnet.parse("172.17.0.0/16");

    private static final PortRange CHOICE = new PortRange(32_768, 60_999);

    private static Network bridge(JsonNode recorded) {
        return new Network(
                recorded.path("Id").asText(),
                "bridge",
                "bridge",
                ChronoUnit.NANOS.between(
                        Instant.EPOCH, Instant.parse(recorded.path("Created").asText())),
                Optional.of(SUBNET));
    }

    @Test
    void theDefaultBridgeLooksAsTheEngineShowedIt() {
        var recorded = Recording.numbered(185).exchange(12).response().json();
        assertThat(DockerJson.parse(DockerJson.write(new NetworkView("docker0").of(bridge(recorded)))))
                .isEqualTo(recorded);
    }

    @Test
    void aContainerWithPublishedPortsLooksAsTheEngineShowedIt() throws PortBook.Taken {
        var recording = Recording.numbered(21);
        var asked = recording.exchange(2).request().json();
        var config = DockerJson.from(asked, ContainerConfig.class);
        var host = DockerJson.from(asked.path("HostConfig"), HostConfig.class);
        var recorded = (ObjectNode) recording.exchange(6).response().json().path("NetworkSettings");
        recorded.put("SandboxKey", ""); // of the process, which is not known here
        var shown = recorded.path("Networks").path("bridge");

        var ports = new PortBook(List.of(), CHOICE, Map.of(CHOICE, 32_772))
                .give(PortWish.of(Empty.ifNull(PublishRequest.of(config, host).portBindings())));
        var endpoint = new Endpoint(
                "72d43a885522",
                "c1",
                "n1",
                shown.path("EndpointID").asText(),
                recorded.path("SandboxID").asText(),
                SUBNET.gateway() + 1,
                shown.path("MacAddress").asText(),
                ports);
        var network = new Network(shown.path("NetworkID").asText(), "bridge", "bridge", 0, Optional.of(SUBNET));
        var settings = SettingsView.inside(
                new Joined(network, endpoint, 1),
                DockerJson.empty(EndpointSettings.class),
                List.copyOf(PublishRequest.exposed(config, host)));
        assertThat(DockerJson.parse(DockerJson.write(settings))).isEqualTo(recorded);
    }
}
