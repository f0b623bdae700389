package dev.gantry.service.settings;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** Stops a start whose configuration names a key that nobody reads: a typing error must not become a default. */
@ApplicationScoped
class UnknownKeys {
    private static final String OURS = "gantry.";
    private static final int BEFORE_EVERYBODY = 1;

    private final Config config;

    UnknownKeys(Config config) {
        this.config = config;
    }

    void check(@Observes @Priority(BEFORE_EVERYBODY) StartupEvent event) {
        var unknown = in(config.getPropertyNames());
        if (!unknown.isEmpty()) {
            throw new IllegalStateException(
                    "unknown configuration keys " + unknown + ": docs/configuration.md lists those there are");
        }
    }

    static List<String> in(Iterable<String> names) {
        return StreamSupport.stream(names.spliterator(), false)
                .filter(name -> name.startsWith(OURS) && !Setting.known(name))
                .sorted()
                .toList();
    }
}
