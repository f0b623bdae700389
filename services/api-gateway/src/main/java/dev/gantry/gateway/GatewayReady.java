package dev.gantry.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when clients find the socket. */
@Readiness
@ApplicationScoped
class GatewayReady implements HealthCheck {
    private final Gateway gateway;

    GatewayReady(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("gateway").status(gateway.open()).build();
    }
}
