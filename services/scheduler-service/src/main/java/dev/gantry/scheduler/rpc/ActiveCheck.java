package dev.gantry.scheduler.rpc;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A scheduler is ready when it is the active one: a standby has nothing to answer. */
@Readiness
@ApplicationScoped
class ActiveCheck implements HealthCheck {
    private final Leadership leadership;

    ActiveCheck(Leadership leadership) {
        this.leadership = leadership;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("scheduler is active")
                .status(leadership.isActive())
                .build();
    }
}
