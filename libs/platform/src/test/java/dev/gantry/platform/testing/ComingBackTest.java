package dev.gantry.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.platform.kafka.ClientSecurity;
import dev.gantry.platform.testing.TestPlatform.Part;
import java.util.HashMap;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class ComingBackTest {
    @Test
    void kafkaComesBackWithItsTopicsOnTheSamePorts() throws Exception {
        try (var platform = TestPlatform.start(Part.KAFKA)) {
            platform.stopKafka();
            platform.startKafka();

            var client = new HashMap<String, Object>(ClientSecurity.of(platform.tls("launcher")));
            client.put("bootstrap.servers", "127.0.0.1:" + platform.port("kafka"));
            try (var admin = Admin.create(client)) {
                assertThat(admin.listTopics().names().get()).contains("gantry.nodes.state", "gantry.containers.events");
            }
        }
    }
}
