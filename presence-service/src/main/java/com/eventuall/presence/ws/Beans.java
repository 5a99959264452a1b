package com.eventuall.presence.ws;

import com.eventuall.platform.ws.PassSockets;
import com.eventuall.presence.LossGauge;
import com.eventuall.presence.runtime.PresenceConfig;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Beans that are made rather than declared. */
@Singleton
class Beans {
    @Produces
    @Singleton
    LossGauge lossGauge(PresenceConfig config) {
        return new LossGauge(
                config.admission().perSecond(), config.grace(), config.drain().grace());
    }

    @Produces
    @Singleton
    PassSockets passSockets(Vertx vertx, Clock clock) {
        return new PassSockets(vertx, clock);
    }
}
