package dev.gantry.volume.rpc;

import dev.gantry.platform.testing.TestPlatform;
import dev.gantry.platform.testing.TestPlatform.Part;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** PostgreSQL, Kafka and certificates for the service's tests. */
public final class VolumePlatform implements QuarkusTestResourceLifecycleManager {
    private final TestPlatform platform = TestPlatform.start(Part.POSTGRES, Part.KAFKA);

    @Override
    public Map<String, String> start() {
        return platform.config();
    }

    @Override
    public void stop() {
        platform.close();
    }
}
