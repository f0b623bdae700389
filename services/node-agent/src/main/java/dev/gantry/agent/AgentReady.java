package dev.gantry.agent;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the scheduler knows of this node: from then on containers can be placed here. */
@Readiness
@Singleton
final class AgentReady implements HealthCheck {
    private final AgentApplication agent;

    AgentReady(AgentApplication agent) {
        this.agent = agent;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("agent").status(agent.connected()).build();
    }
}
