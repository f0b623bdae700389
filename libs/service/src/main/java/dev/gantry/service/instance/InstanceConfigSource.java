package dev.gantry.service.instance;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the instance's names as configuration, so that the services' own files can refer to them: {@code
 * gantry.instance.name}, {@code .data}, {@code .run}, {@code gantry.port.<name>} and {@code gantry.tls.<service>}.
 */
public final class InstanceConfigSource implements ConfigSource {
    /** Below environment variables and files: whoever sets one of these keys by hand wins. */
    private static final int ORDINAL = 90;

    private final Map<String, String> properties;

    public InstanceConfigSource() {
        this(Instance.current());
    }

    InstanceConfigSource(Instance instance) {
        var found = new HashMap<String, String>();
        found.put("gantry.instance.name", instance.name());
        found.put("gantry.instance.data", instance.data().toString());
        found.put("gantry.instance.run", instance.run().toString());
        for (var port : Port.values()) {
            found.put("gantry.port." + kebab(port.name()), String.valueOf(instance.port(port)));
        }
        for (var service : Service.values()) {
            found.put(
                    "gantry.tls." + service.certificateName(),
                    instance.tls(service.certificateName()).toString());
        }
        // tracing costs memory and time, so it is off unless asked for
        var traces = Boolean.parseBoolean(System.getenv().getOrDefault("GANTRY_TRACES", "false"));
        found.put("gantry.traces", String.valueOf(traces));
        found.put("quarkus.otel.sdk.disabled", String.valueOf(!traces));
        properties = Map.copyOf(found);
    }

    private static String kebab(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Set<String> getPropertyNames() {
        return properties.keySet();
    }

    @Override
    public @Nullable String getValue(String name) {
        return properties.get(name);
    }

    @Override
    public String getName() {
        return "instance";
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }
}
