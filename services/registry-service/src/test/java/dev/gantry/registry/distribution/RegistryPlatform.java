package dev.gantry.registry.distribution;

import dev.gantry.platform.testing.TestPlatform;
import dev.gantry.platform.testing.TestPlatform.Part;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** PostgreSQL, Kafka and certificates for the service's tests. */
public final class RegistryPlatform implements QuarkusTestResourceLifecycleManager {
    private final TestPlatform platform = TestPlatform.start(Part.POSTGRES, Part.KAFKA);

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>(platform.config());
        config.put("gantry.registry.largest-blob", "4000000");
        return config;
    }

    @Override
    public void stop() {
        platform.close();
    }
}
