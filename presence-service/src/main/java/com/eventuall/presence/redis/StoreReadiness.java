package com.eventuall.presence.redis;

import com.eventuall.presence.Node;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while Redis does not answer: new sockets would be refused anyway. Open ones stay, so this is no matter of liveness. */
@Readiness
@ApplicationScoped
public class StoreReadiness implements HealthCheck {
    private final Node node;

    StoreReadiness(Node node) {
        this.node = node;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("redis").status(node.storeAnswers()).build();
    }
}
