package com.eventuall.presence.runtime;

import com.eventuall.presence.RoomSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Beans that are made rather than declared. */
@Singleton
class Beans {
    @Produces
    @Singleton
    RoomSettings roomSettings(PresenceConfig config) {
        return new RoomSettings(
                config.awayAfter(),
                config.grace(),
                config.ringSize(),
                config.lite().above(),
                config.lite().page(),
                config.minWindow(),
                config.frameCostMicros());
    }
}
