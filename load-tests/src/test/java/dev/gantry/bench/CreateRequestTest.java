package dev.gantry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gantry.bench.CreateRequest.Publication;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreateRequestTest {
    private static final CreateRequest PLAIN = CreateRequest.of("busybox", "bridge", "sleep", "1");

    @Test
    void carriesTheLabelByWhichItsContainerIsFoundAgain() {
        assertThat(json(PLAIN).path("Labels").has(CreateRequest.LABEL)).isTrue();
    }

    @Test
    void publishesOnePortOnSeveralAddresses() {
        var json = json(PLAIN.publishing(List.of(new Publication(80, "127.0.0.1", 0), new Publication(80, "", 8080))));
        assertThat(json.path("ExposedPorts").toString()).isEqualTo("{\"80/tcp\":{}}");
        var bindings = json.path("HostConfig").path("PortBindings").path("80/tcp");
        assertThat(bindings.findValuesAsText("HostIp")).containsExactly("127.0.0.1", "");
        assertThat(bindings.findValuesAsText("HostPort")).containsExactly("", "8080");
    }

    @Test
    void givesEachEngineHostPortsOfItsOwn() {
        var ports = new PublishedPorts(PLAIN, 1000);
        var first = ports.publications(0);
        var second = ports.publications(1);
        assertThat(first).hasSize(1000);
        assertThat(second.getFirst().hostPort()).isGreaterThan(first.getLast().hostPort());
    }

    private static JsonNode json(CreateRequest request) {
        return new ObjectMapper().valueToTree(request.json());
    }
}
