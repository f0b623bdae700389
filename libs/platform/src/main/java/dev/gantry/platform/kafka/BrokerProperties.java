package dev.gantry.platform.kafka;

import java.util.Properties;

/** The broker's configuration, as a value. */
final class BrokerProperties {
    static final int NODE = 1;

    private BrokerProperties() {}

    static Properties of(KafkaSettings settings) {
        var properties = new Properties();
        identity(properties, settings);
        security(properties, settings);
        oneNode(properties);
        small(properties);
        return properties;
    }

    private static void identity(Properties properties, KafkaSettings settings) {
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(NODE));
        properties.put("log.dirs", settings.directory().toString());
        properties.put("controller.quorum.voters", NODE + "@127.0.0.1:" + settings.controllerPort());
        properties.put(
                "listeners",
                "BROKER://127.0.0.1:" + settings.port() + ",CONTROLLER://127.0.0.1:" + settings.controllerPort());
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("inter.broker.listener.name", "BROKER");
        properties.put("listener.security.protocol.map", "BROKER:SSL,CONTROLLER:SSL");
    }

    private static void security(Properties properties, KafkaSettings settings) {
        properties.putAll(ClientSecurity.of(settings.tls()));
        properties.remove("security.protocol"); // the listeners' map says it
        properties.put("ssl.client.auth", "required");
        // CN=scheduler,O=gantry becomes User:scheduler; any other name stays whole and is granted nothing
        properties.put("ssl.principal.mapping.rules", "RULE:^CN=([a-z]+),O=gantry$/$1/,DEFAULT");
        properties.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        properties.put("super.users", "User:" + settings.superUser());
        properties.put("allow.everyone.if.no.acl.found", "false");
        properties.put("auto.create.topics.enable", "false");
    }

    private static void oneNode(Properties properties) {
        for (var topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            properties.put(topic + ".replication.factor", "1");
            properties.put(topic + ".num.partitions", "1");
        }
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        // after a kill -9 the old registration must lapse before the new one counts: 9 s by default
        properties.put("broker.session.timeout.ms", "2000");
        properties.put("broker.heartbeat.interval.ms", "500");
    }

    private static void small(Properties properties) {
        properties.put("num.network.threads", "1");
        properties.put("num.io.threads", "2");
        properties.put("background.threads", "2");
        properties.put("num.replica.fetchers", "1");
        properties.put("num.recovery.threads.per.data.dir", "2");
        properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(2 << 20));
        properties.put("log.cleaner.io.buffer.size", String.valueOf(128 << 10));
        properties.put("log.index.size.max.bytes", String.valueOf(1 << 20));
        properties.put("log.segment.bytes", String.valueOf(64 << 20));
        properties.put("metadata.log.segment.bytes", String.valueOf(16 << 20));
        properties.put("log.initial.task.delay.ms", "5000");
        properties.put("metric.reporters", "");
    }
}
