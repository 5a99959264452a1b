package com.eventuall.token;

import java.time.Duration;
import java.time.Instant;

/** How long a vendor's token lives: as configured, but never longer than the pass that asked for it. */
public final class TokenLife {
    private TokenLife() {}

    /**
     * The moment at which a token ends, in whole seconds.
     *
     * @param wanted the configured life
     * @param least the shortest life that the vendor accepts; may outlast the pass
     */
    public static Instant end(Instant now, Duration wanted, Instant passEnd, Duration least) {
        Instant end = now.plus(wanted);
        if (passEnd.isBefore(end)) {
            end = passEnd;
        }
        Instant earliest = now.plus(least);
        return Instant.ofEpochSecond((end.isBefore(earliest) ? earliest : end).getEpochSecond());
    }
}
