package dev.gantry.platform.kafka;

import java.nio.file.Path;
import java.util.Map;

/** How a Kafka client shows who it is: mutual TLS 1.3 from a directory with {@code ca.pem} and {@code keystore.pem}. */
public final class ClientSecurity {
    private ClientSecurity() {}

    public static Map<String, String> of(Path tls) {
        return Map.of(
                "security.protocol", "SSL",
                "ssl.enabled.protocols", "TLSv1.3",
                "ssl.protocol", "TLSv1.3",
                "ssl.keystore.type", "PEM",
                "ssl.keystore.location", tls.resolve("keystore.pem").toString(),
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", tls.resolve("ca.pem").toString());
    }
}
