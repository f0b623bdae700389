package dev.gantry.contracts.docker.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.contracts.docker.DockerJson;
import dev.gantry.contracts.docker.container.ContainerConfig;
import dev.gantry.contracts.docker.container.HostConfig;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortsTest {
    private static final long SEED = 3;

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,127.0.0.1",
        "0.0.0.0,0.0.0.0",
        "::,::",
        "0:0:0:0:0:0:0:0,::",
        "::1,::1",
        "2001:DB8:0:0:1:0:0:1,2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1",
        "fe80::1:0,fe80::1:0",
        "1::,1::",
        "1.2.3,",
        "1.2.3.256,",
        "localhost,",
        "::1%lo,",
        "1::2::3,",
        "'',",
    })
    void addressesHaveOneForm(String text, String canonical) {
        assertThat(HostAddress.canonical(text).orElse(null)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "80/tcp,80/tcp",
        "80,80/tcp",
        "53/UDP,53/udp",
        "65535/sctp,65535/sctp",
        "0/tcp,",
        "65536/tcp,",
        "80-90/tcp,",
        "80/,",
        "/tcp,",
        "80/icmp,",
        "-1/tcp,",
        "'',"
    })
    void keysAreAPortAndAProtocol(String text, String key) {
        assertThat(PortKey.parse(text).map(PortKey::toString).orElse(null)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({"80,80", "8000-8010,8000-8010", "80-80,80", "'',0", "0,0", "8010-8000,", "80-,", "-80,", "x,", "99999,"
    })
    void rangesAreFromFirstToLast(String text, String range) {
        assertThat(PortRange.parse(text).map(PortRange::toString).orElse(null)).isEqualTo(range);
    }

    @Test
    void whateverIsWrittenIsReadOrRefusedAndNeverThrows() {
        var random = new Random(SEED);
        var signs = "0123456789:./-atcpud%[]".toCharArray();
        for (var i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (var length = random.nextInt(12); length > 0; length--) {
                text.append(signs[random.nextInt(signs.length)]);
            }
            var given = text.toString();
            assertThat(PortRange.parse(given)).as("seed %d: %s", SEED, given).isNotNull();
            assertThat(PortKey.parse(given)).isNotNull();
            HostAddress.canonical(given)
                    .ifPresent(address ->
                            assertThat(HostAddress.canonical(address)).contains(address));
        }
    }

    @Test
    void publishingAllMeansTheExposedOnesThatAreNotBound() {
        var config = DockerJson.read("{\"ExposedPorts\":{\"80/tcp\":{},\"81\":{},\"x\":{}}}", ContainerConfig.class);
        var host = DockerJson.read(
                "{\"PublishAllPorts\":true,\"PortBindings\":{\"80\":[{\"HostPort\":\"8080\"}]}}", HostConfig.class);
        var request = PublishRequest.of(config, host);
        assertThat(Objects.requireNonNull(request.portBindings()).keySet()).containsExactly("80", "81/tcp");
        assertThat(request.open()).isTrue();
        assertThat(PublishRequest.exposed(config, host)).containsExactly("80/tcp", "81/tcp");
        var named = DockerJson.read("{\"PortBindings\":{\"80\":[{\"HostPort\":\"8080\"}]}}", HostConfig.class);
        assertThat(PublishRequest.of(config, named).open()).isFalse();
        assertThat(PublishRequest.of(config, DockerJson.empty(HostConfig.class)).isEmpty())
                .isTrue();
    }
}
