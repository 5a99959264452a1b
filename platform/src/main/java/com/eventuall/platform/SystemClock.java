package com.eventuall.platform;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The clock that is injected everywhere; a test may put another in its place. {@code eventuall.clock-shift} makes it wrong by so
 * much, to try what a machine does to the others whose clock is not set.
 */
@ApplicationScoped
class SystemClock {
    @Produces
    @DefaultBean
    Clock clock(@ConfigProperty(name = "eventuall.clock-shift", defaultValue = "0s") Duration shift) {
        return shifted(shift);
    }

    static Clock shifted(Duration shift) {
        return Clock.offset(Clock.systemUTC(), shift);
    }
}
