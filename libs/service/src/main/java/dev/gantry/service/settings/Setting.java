package dev.gantry.service.settings;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The catalogue of configuration keys, from which {@code docs/configuration.md} is made. A key is set as a system property, in the
 * process's {@code application.properties}, or as an environment variable: upper case, every other character an underscore.
 */
public enum Setting {
    INSTANCE("gantry.instance", "`gantry`", "name", "what everything on the host is called after"),
    DATA("gantry.data", "`/var/lib/<instance>`", "directory", "holds everything that lasts"),
    RUN("gantry.run", "`/run/<instance>`", "directory", "holds the API's socket and the pid files"),
    USER("gantry.user", "`gantry`", "user", "who runs the services that need not be root; made where missing"),
    TRACES("gantry.traces", "`false`", "boolean", "write spans to `<data>/traces/<process>.jsonl`"),
    SKIP_BUILD("gantry.skip-build", "unset", "any", "`./gantry` starts what is built, whatever has changed since"),
    INSTANCE_NAME("gantry.instance.name", "from `gantry.instance`", "name", "derived; for use in expressions"),
    INSTANCE_DATA("gantry.instance.data", "from `gantry.data`", "directory", "derived; for use in expressions"),
    INSTANCE_RUN("gantry.instance.run", "from `gantry.run`", "directory", "derived; for use in expressions"),
    PORTS(
            "gantry.port.*",
            "by instance",
            "TCP port",
            "where one server of this host listens, `gantry.port.scheduler-rpc` for example"),
    LISTEN("gantry.listen", "`127.0.0.1`", "address", "the address all internal servers listen on"),
    PEERS("gantry.peer.*", "this host", "host:port", "where a service's gRPC is, by role: `gantry.peer.scheduler`"),
    HTTP_PEERS(
            "gantry.http-peer.*",
            "this host",
            "host:port",
            "where a service's internal HTTP is, by role: `gantry.http-peer.registry`"),
    TLS(
            "gantry.tls.*",
            "`<data>/tls/<service>`",
            "directory",
            "a service's certificate: `ca.pem`, `cert.pem`, `key.pem`, `key.pk8`, `keystore.pem`"),
    KAFKA_SERVERS("gantry.kafka.servers", "this host's", "host:port, …", "the brokers"),
    KAFKA_TLS("gantry.kafka.tls", "`true`", "boolean", "mutual TLS to the brokers; off only for brokers of a test"),
    AGENT_NODE(
            "gantry.agent.node",
            "the host's name",
            "name",
            "the node that this agent speaks for, as in its certificate"),
    AGENT_HOST("gantry.agent.host", "`127.0.0.1`", "host", "where scheduler and gateways reach this agent"),
    IMAGE_LARGEST_LAYER(
            "gantry.image.largest-layer", "`274877906944`", "bytes", "the largest archive that an import takes"),
    IMAGE_IMPORTS("gantry.image.imports", "`16`", "count", "imports at the same time; more are told to come again"),
    IMAGE_BLOB_SWEEP(
            "gantry.image.blob-sweep",
            "`PT1M`",
            "ISO 8601 duration",
            "how often blobs that no image needs are looked for"),
    REGISTRY_LARGEST_BLOB("gantry.registry.largest-blob", "`274877906944`", "bytes", "the largest blob that is kept"),
    REGISTRY_UPLOAD_IDLE(
            "gantry.registry.upload-idle",
            "`PT15M`",
            "ISO 8601 duration",
            "an upload that has not moved for so long is dropped"),
    REGISTRY_UPLOADS("gantry.registry.uploads", "`256`", "count", "uploads at the same time"),
    NETWORK_BRIDGE_SUBNET(
            "gantry.network.bridge-subnet",
            "the first free one of `172.17.0.0/16`, `172.18.0.0/16`, …",
            "CIDR",
            "the default bridge's; looked at when the platform is used for the first time"),
    NETWORK_PORTS(
            "gantry.network.ports",
            "`32768-60999`",
            "TCP and UDP ports",
            "from which a host port is chosen when none is named"),
    PROCESS("gantry.process", "set by the launcher", "name", "what traces and memory tables call this process");

    private final String key;
    private final String defaultValue;
    private final String unit;
    private final String meaning;
    // "*" is the last part of a family's key; environment variables have lost the difference between dot and dash
    private final Pattern pattern;

    Setting(String key, String defaultValue, String unit, String meaning) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.unit = unit;
        this.meaning = meaning;
        this.pattern = Pattern.compile(flat(key).replace("*", "[a-z0-9_]+"));
    }

    /** Whether some setting has this key, in any of its spellings. */
    static boolean known(String key) {
        for (var setting : values()) {
            if (setting.pattern.matcher(flat(key)).matches()) {
                return true;
            }
        }
        return false;
    }

    private static String flat(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9*]", "_");
    }

    /** A row of the table in {@code docs/configuration.md}. */
    String row() {
        return "| `" + key + "` | " + defaultValue + " | " + unit + " | " + meaning + " |\n";
    }
}
