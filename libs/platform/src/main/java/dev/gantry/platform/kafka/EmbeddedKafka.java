package dev.gantry.platform.kafka;

import dev.gantry.platform.os.OsUser;
import dev.gantry.platform.os.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One broker that is its own controller, in this JVM. */
public final class EmbeddedKafka implements AutoCloseable {
    /** Kafka tells its whole configuration at INFO. Kept here, since the log manager holds loggers weakly. */
    private static final List<Logger> QUIET = List.of(
            Logger.getLogger("org.apache.kafka"), Logger.getLogger("kafka"), Logger.getLogger("state.change.logger"));

    private final KafkaRaftServer server;

    private EmbeddedKafka(KafkaRaftServer server) {
        this.server = server;
    }

    /**
     * Returns when the broker serves, with all topics and access rules in place.
     *
     * @throws IOException if the directory cannot be formatted, a port is taken, or the broker does not answer
     */
    public static EmbeddedKafka start(KafkaSettings settings) throws IOException {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        PrivateFiles.directory(settings.directory(), OsUser.current());
        format(settings);
        var server = new KafkaRaftServer(new KafkaConfig(BrokerProperties.of(settings), false), Time.SYSTEM);
        try {
            server.startup();
            provision(settings);
            return new EmbeddedKafka(server);
        } catch (RuntimeException | IOException e) {
            server.shutdown();
            throw new IOException("Kafka did not start on port " + settings.port() + ": " + e.getMessage(), e);
        }
    }

    private static void format(KafkaSettings settings) throws IOException {
        if (Files.exists(settings.directory().resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(BrokerProperties.NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(settings.directory().toString()))
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(settings.directory().toString())
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception e) { // its run method declares no less
            throw new IOException("cannot format " + settings.directory(), e);
        }
    }

    private static void provision(KafkaSettings settings) throws IOException {
        var client = new HashMap<String, Object>(ClientSecurity.of(settings.tls()));
        client.put("bootstrap.servers", "127.0.0.1:" + settings.port());
        client.put("metric.reporters", "");
        try (var admin = Admin.create(client)) {
            Provisioning.apply(admin);
        } catch (ExecutionException e) {
            throw new IOException("cannot create topics and access rules", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Writes what is in memory and leaves the cluster in order; returns when all listeners are closed. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
