package com.eventuall.platform;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** The clock that is injected everywhere; a test may put another in its place. */
@ApplicationScoped
class SystemClock {
    @Produces
    @DefaultBean
    Clock clock() {
        return Clock.systemUTC();
    }
}
