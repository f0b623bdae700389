package dev.gantry.events.kafka;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.Config;

/**
 * How one service reaches Kafka: the broker's address and, where the service has an identity, mutual TLS with it.
 * All clients of the platform are made here, so their settings are in one place.
 */
public final class KafkaAccess {
    /** A broker's default; events and states are cut to stay well below it. */
    private static final int LARGEST_RECORD = 1024 * 1024;

    private static final int REQUEST_TIMEOUT_MS = 5_000;
    private static final int DELIVERY_TIMEOUT_MS = 15_000;
    private static final int BUFFER_BYTES = 8 * LARGEST_RECORD;

    private final Map<String, Object> common;
    private final Map<String, Object> producer = new HashMap<>();
    private final Map<String, Object> consumer = new HashMap<>();

    private KafkaAccess(Map<String, Object> common) {
        this.common = common;
        producer.putAll(common);
        producer.put("acks", "all");
        producer.put("enable.idempotence", true);
        // 4.x waits 5 ms for company by default; a lone event should leave at once
        producer.put("linger.ms", 0);
        producer.put("compression.type", "none");
        producer.put("max.request.size", LARGEST_RECORD);
        producer.put("buffer.memory", BUFFER_BYTES);
        producer.put("max.block.ms", REQUEST_TIMEOUT_MS);
        producer.put("delivery.timeout.ms", DELIVERY_TIMEOUT_MS);
        consumer.putAll(common);
        consumer.put("enable.auto.commit", false);
        consumer.put("auto.offset.reset", "earliest");
        consumer.put("allow.auto.create.topics", false);
        consumer.put("isolation.level", "read_committed");
    }

    /** Access without an identity, for a broker that asks for none. */
    public static KafkaAccess plain(String bootstrapServers) {
        return new KafkaAccess(common(bootstrapServers));
    }

    /**
     * Access under mutual TLS.
     *
     * @param tls the directory with {@code keystore.pem} (key and chain) and {@code ca.pem}
     */
    public static KafkaAccess mutualTls(String bootstrapServers, Path tls) {
        var common = common(bootstrapServers);
        common.put("security.protocol", "SSL");
        common.put("ssl.enabled.protocols", "TLSv1.3");
        common.put("ssl.keystore.type", "PEM");
        common.put("ssl.keystore.location", tls.resolve("keystore.pem").toString());
        common.put("ssl.truststore.type", "PEM");
        common.put("ssl.truststore.location", tls.resolve("ca.pem").toString());
        return new KafkaAccess(common);
    }

    /**
     * The access that the configuration gives a service: {@code gantry.kafka.servers} (default: this instance's broker)
     * and the identity in {@code gantry.tls.<service>}; {@code gantry.kafka.tls=false} is for tests alone.
     */
    public static KafkaAccess of(Config config, String service) {
        var servers = config.getOptionalValue("gantry.kafka.servers", String.class)
                .orElseGet(() -> "127.0.0.1:" + config.getValue("gantry.port.kafka", Integer.class));
        return config.getOptionalValue("gantry.kafka.tls", Boolean.class).orElse(true)
                ? mutualTls(servers, Path.of(config.getValue("gantry.tls." + service, String.class)))
                : plain(servers);
    }

    private static Map<String, Object> common(String bootstrapServers) {
        var common = new HashMap<String, Object>();
        common.put("bootstrap.servers", bootstrapServers);
        common.put("request.timeout.ms", REQUEST_TIMEOUT_MS);
        common.put("default.api.timeout.ms", 2 * REQUEST_TIMEOUT_MS);
        common.put("reconnect.backoff.ms", 50);
        common.put("reconnect.backoff.max.ms", 1_000);
        common.put("enable.metrics.push", false);
        return common;
    }

    /** A producer of JSON text (null: a tombstone); records leave at once, in order, and are acknowledged by all replicas. */
    public Producer<String, String> producer(String clientId) {
        var settings = new Properties();
        settings.putAll(producer);
        settings.put("client.id", clientId);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /** A consumer with no group: the caller assigns partitions and keeps its own position. */
    public Consumer<String, byte[]> consumer(String clientId) {
        var settings = new Properties();
        settings.putAll(consumer);
        settings.put("client.id", clientId);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * What a channel of SmallRye Reactive Messaging needs of a consumer, given to it as its {@code kafka-configuration}; the channel's own
     * configuration says topic, group and what a record is.
     */
    public Map<String, Object> consumerSettings() {
        return Map.copyOf(consumer);
    }

    public Admin admin(String clientId) {
        var settings = new Properties();
        settings.putAll(common);
        settings.put("client.id", clientId);
        return Admin.create(settings);
    }

    /**
     * Makes the topics that are not there; those that are stay as they are. Where the broker's owner makes the topics,
     * services need no right to.
     */
    public void ensureTopics(String clientId, Collection<Topic> topics)
            throws InterruptedException, ExecutionException, TimeoutException {
        try (var admin = admin(clientId)) {
            var present = admin.listTopics().names().get(2L * REQUEST_TIMEOUT_MS, TimeUnit.MILLISECONDS);
            var missing = topics.stream()
                    .filter(topic -> !present.contains(topic.name()))
                    .map(topic ->
                            new NewTopic(topic.name(), Optional.of(1), Optional.empty()).configs(topic.settings()))
                    .toList();
            for (var created : List.copyOf(admin.createTopics(missing).values().values())) {
                awaitCreation(created);
            }
        }
    }

    private static void awaitCreation(org.apache.kafka.common.KafkaFuture<Void> created)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            created.get(2L * REQUEST_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw failed;
            }
        }
    }
}
