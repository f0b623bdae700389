package dev.gantry.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.e2e.harness.Command;
import dev.gantry.e2e.harness.OnPlatform;
import dev.gantry.e2e.harness.Packaging;
import dev.gantry.e2e.harness.Platform;
import dev.gantry.e2e.harness.Platforms;
import dev.gantry.platform.os.OsUser;
import dev.gantry.platform.pki.Pki;
import dev.gantry.service.instance.Port;
import dev.gantry.service.tls.KeyFiles;
import dev.gantry.service.tls.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another user of the same host, with everything but root and our certificates. */
@OnPlatform
class StrangerTest {
    private final Platform gantry;

    @TempDir
    private Path directory = Path.of("");

    StrangerTest(Packaging packaging) {
        gantry = Platforms.of(packaging);
    }

    private static Command.Result asNobody(String... words) {
        var command = Stream.concat(
                        Stream.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"),
                        Stream.of(words))
                .toList();
        return new Command(command, Map.of(), new byte[0], Duration.ofSeconds(20)).run();
    }

    @Test
    void cannotCallTheApi() {
        var run = asNobody("docker", "-H", "unix://" + gantry.instance().dockerSocket(), "ps");
        assertThat(run.exit()).isNotZero();
        assertThat(run.err()).contains("permission denied");
    }

    @Test
    void canReadNeitherKeysNorData() {
        var data = gantry.instance().data();
        for (var secret : List.of("tls/scheduler/key.pem", "tls/ca", "postgres/server", "kafka", "agent", "registry")) {
            var path = data.resolve(secret).toString();
            assertThat(asNobody("sh", "-c", "cat " + path + " 2>/dev/null || ls " + path)
                            .exit())
                    .as(secret)
                    .isNotZero();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Port.class,
            names = {
                "KAFKA",
                "KAFKA_CONTROLLER",
                "SCHEDULER_RPC",
                "IMAGE_RPC",
                "IMAGE_HTTP",
                "REGISTRY_RPC",
                "REGISTRY_HTTP",
                "NETWORK_RPC",
                "VOLUME_RPC",
                "AGENT_RPC"
            })
    void isRefusedWithoutACertificateAndWithOneOfTheUsersAuthority(Port port) throws Exception {
        assertRefused(port, trustingEverybody());
        var stranger = directory.resolve("stranger-" + port);
        Pki.in(gantry.instance().data().resolve("tls"), Clock.systemUTC()).user("gateway", stranger, OsUser.current());
        assertRefused(port, Tls.context(KeyFiles.in(stranger), Optional.empty()));
    }

    /** TLS 1.3 tells a client of its refusal with the first read, not with the handshake. */
    private void assertRefused(Port port, SSLContext context) {
        assertThatThrownBy(() -> {
                    try (var socket = (SSLSocket) context.getSocketFactory()
                            .createSocket(
                                    InetAddress.getLoopbackAddress(),
                                    gantry.instance().port(port))) {
                        socket.setSoTimeout(5_000);
                        socket.startHandshake();
                        assertThat(socket.getInputStream().read()).isNotNegative();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private static SSLContext trustingEverybody() throws Exception {
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {new Everybody()}, null);
        return context;
    }

    private static final class Everybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public java.security.cert.X509Certificate[] getAcceptedIssuers() {
            return new java.security.cert.X509Certificate[0];
        }
    }

    @Test
    void cannotReachPostgresInTheClear() throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), gantry.instance().port(Port.POSTGRES))) {
            // a start-up packet of protocol 3.0 without TLS: length, version, user
            socket.getOutputStream().write(new byte[] {
                0, 0, 0, 0x18, 0, 3, 0, 0, 'u', 's', 'e', 'r', 0, 's', 'c', 'h', 'e', 'd', 'u', 'l', 'e', 'r', 0, 0
            });
            socket.setSoTimeout(5_000);
            assertThat(socket.getInputStream().read()).as("an ErrorResponse").isEqualTo('E');
        }
    }
}
