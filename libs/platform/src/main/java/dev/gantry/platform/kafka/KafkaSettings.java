package dev.gantry.platform.kafka;

import java.nio.file.Path;

/**
 * What the broker needs to know.
 *
 * @param directory log segments and metadata
 * @param port brokers' and clients' listener on 127.0.0.1
 * @param controllerPort the quorum's listener on 127.0.0.1
 * @param tls directory with {@code ca.pem} and {@code keystore.pem} of the super user
 * @param superUser the common name of that certificate
 */
public record KafkaSettings(Path directory, int port, int controllerPort, Path tls, String superUser) {}
