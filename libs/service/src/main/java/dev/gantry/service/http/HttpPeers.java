package dev.gantry.service.http;

import dev.gantry.contracts.rpc.Role;
import dev.gantry.service.rpc.Addresses;
import dev.gantry.service.tls.KeyFiles;
import dev.gantry.service.tls.Tls;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** HTTP clients with our own identity, each bound to the one peer whose certificate it accepts. */
@ApplicationScoped
public class HttpPeers {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private record Edge(Role self, Role peer) {}

    private final Addresses addresses;
    private final Map<Edge, HttpClient> clients = new ConcurrentHashMap<>();

    HttpPeers(Addresses addresses) {
        this.addresses = addresses;
    }

    public HttpClient client(Role self, Role peer) {
        return clients.computeIfAbsent(
                new Edge(self, peer),
                edge -> HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .sslContext(Tls.context(KeyFiles.in(addresses.tls(self)), KeyFiles.service(peer)))
                        .build());
    }

    /** @param pathAndQuery begins with a slash and is encoded already */
    public URI uri(Role peer, String pathAndQuery) {
        var address = addresses.http(peer);
        return URI.create("https://" + address.host() + ":" + address.port() + pathAndQuery);
    }

    @PreDestroy
    void close() {
        clients.values().forEach(HttpClient::shutdownNow);
    }
}
