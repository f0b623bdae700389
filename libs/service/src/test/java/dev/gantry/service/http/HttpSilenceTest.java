package dev.gantry.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class HttpSilenceTest {
    private static ThrowingCallable ask(HttpClient client, int port) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .build();
        return () -> client.send(request, BodyHandlers.ofString());
    }

    @Test
    void aPeerThatIsNotThere() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (var client = HttpClient.newHttpClient()) {
            assertThatThrownBy(ask(client, port))
                    .extracting(HttpSilence::reason)
                    .isEqualTo("connection refused");
        }
    }

    @Test
    void aPeerThatDiesBeforeItAnswers() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = HttpClient.newHttpClient()) {
            Thread.ofVirtual().start(() -> acceptAndClose(server));
            assertThatThrownBy(ask(client, server.getLocalPort()))
                    .extracting(HttpSilence::reason)
                    .asString()
                    .startsWith("the connection broke");
        }
    }

    private static void acceptAndClose(ServerSocket server) {
        try {
            while (true) {
                server.accept().close();
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    @Test
    void neverNamesAClass() {
        var bare = new IOException(new IllegalStateException());
        assertThat(HttpSilence.reason(bare)).isEqualTo("the connection broke");
    }
}
