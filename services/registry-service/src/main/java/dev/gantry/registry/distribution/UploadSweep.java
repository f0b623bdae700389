package dev.gantry.registry.distribution;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Looks for abandoned uploads at the start and then now and again. */
@ApplicationScoped
class UploadSweep {
    private final Uploads uploads;
    private final Duration every;
    private final List<Future<?>> sweeps = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("registry-sweep").factory());

    UploadSweep(Uploads uploads, @ConfigProperty(name = "gantry.registry.upload-idle") Duration idle) {
        this.uploads = uploads;
        this.every = idle.dividedBy(4);
    }

    void start(@Observes StartupEvent event) {
        sweeps.add(clock.scheduleWithFixedDelay(
                () -> uploads.sweep(Instant.now()), 0, Math.max(1, every.toMillis()), TimeUnit.MILLISECONDS));
    }

    void stop(@Observes ShutdownEvent event) {
        sweeps.forEach(sweep -> sweep.cancel(true));
        clock.shutdownNow();
    }
}
