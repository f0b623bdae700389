package dev.gantry.agent.rootfs;

import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.gantry.agent.layers.LayerStoreTest#root")
class OverlayDriverTest extends StorageDriverSuite {
    OverlayDriverTest() {
        super(new OverlayDriver(KERNEL));
    }
}
