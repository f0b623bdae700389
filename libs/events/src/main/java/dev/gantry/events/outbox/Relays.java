package dev.gantry.events.outbox;

import dev.gantry.events.kafka.KafkaAccess;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** Starts the relay of every service in this JVM, and ends it before the database pool closes. */
@ApplicationScoped
class Relays {
    private final List<Relay> running = new ArrayList<>();

    void start(@Observes StartupEvent event, @Any Instance<EventSource> sources, Config config) {
        for (var source : sources) {
            var access = KafkaAccess.of(config, source.service());
            var relay = new Relay(source.service(), source.outbox(), source.topics(), access);
            running.add(relay);
            relay.start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        running.forEach(Relay::close);
    }
}
