package dev.gantry.agent.rootfs;

import dev.gantry.agent.files.NeedsRoot;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsRoot.class)
class OverlayDriverTest extends StorageDriverSuite {
    OverlayDriverTest() {
        super(new OverlayDriver(KERNEL));
    }
}
