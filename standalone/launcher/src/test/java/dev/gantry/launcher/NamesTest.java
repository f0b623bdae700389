package dev.gantry.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.platform.testing.TestPlatform;
import dev.gantry.service.instance.Port;
import dev.gantry.service.instance.Service;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** libs/platform does not know libs/service, so that libs/service's own tests can use it; here both are at hand. */
class NamesTest {
    @Test
    void theTestPlatformSpeaksOfEveryPortAndEveryService() {
        try (var platform = TestPlatform.start()) {
            for (var port : Port.values()) {
                assertThat(platform.config())
                        .containsKey("gantry.port."
                                + port.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
            for (var service : Service.values()) {
                assertThat(platform.config()).containsKey("gantry.tls." + service.certificateName());
            }
        }
    }
}
