package dev.gantry.scheduler.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.Port;
import dev.gantry.contracts.docker.network.NetworkSettings;
import dev.gantry.contracts.filter.Filters;
import dev.gantry.contracts.recording.Recording;
import dev.gantry.contracts.rpc.ResolvedImage;
import dev.gantry.scheduler.container.Container;
import dev.gantry.scheduler.container.Spec;
import dev.gantry.scheduler.container.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortListTest {
    private static Container container(NetworkSettings settings) {
        return new Container(
                "c1",
                "c1",
                "n1",
                DockerJson.empty(Spec.class),
                ResolvedImage.getDefaultInstance(),
                Status.created(settings));
    }

    private static Container published() {
        return container(DockerJson.read(
                "{\"Ports\":{\"80/tcp\":[{\"HostIp\":\"0.0.0.0\",\"HostPort\":\"8080\"},{\"HostIp\":\"::\",\"HostPort\":\"8080\"}],"
                        + "\"53/udp\":[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"5353\"}],\"9/tcp\":null}}",
                NetworkSettings.class));
    }

    @Test
    void listsByTheContainersPort() {
        assertThat(PortList.of(published()))
                .containsExactly(
                        new Port("", 9, 0, "tcp"),
                        new Port("127.0.0.1", 53, 5353, "udp"),
                        new Port("0.0.0.0", 80, 8080, "tcp"),
                        new Port("::", 80, 8080, "tcp"));
    }

    /** What a real engine showed by inspect and by list of one container. */
    @Test
    void listsWhatTheEngineListed() {
        var recording = Recording.numbered(21);
        var inspect = recording.exchange(6).response().json();
        var listed = recording.exchange(8).response().json().path(0).path("Ports");
        var ports = PortList.of(container(DockerJson.from(inspect.path("NetworkSettings"), NetworkSettings.class)));
        assertThat(ports).containsExactlyInAnyOrderElementsOf(DockerJson.fromList(listed, Port.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"publish":["8080"]}          | true
        {"publish":["8000-8090/tcp"]} | true
        {"publish":["8080/udp"]}      | false
        {"publish":["80"]}            | false
        {"expose":["9"]}              | true
        {"expose":["53/udp"]}         | true
        {"expose":["8080"]}           | false
        {"expose":["1"],"publish":["5353/udp"]} | true
        {}                            | true
        """)
    void filtersByEither(String filters, boolean matches) {
        assertThat(PortList.matching(Filters.parse(filters)).test(published())).isEqualTo(matches);
    }

    @Test
    void refusesWhatIsNoPort() {
        assertThatThrownBy(() -> PortList.matching(Filters.parse("{\"publish\":[\"0.0.0.0:80\"]}")))
                .hasMessageContaining("should not contain ':'");
        assertThatThrownBy(() -> PortList.matching(Filters.parse("{\"expose\":[\"x\"]}")))
                .hasMessageContaining("invalid port");
    }

    @Test
    void aContainerWithoutANetworkHasNone() {
        assertThat(PortList.of(container(DockerJson.empty(NetworkSettings.class))))
                .isEqualTo(List.of());
    }
}
