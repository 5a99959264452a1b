package com.eventuall.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Configuration of token-service. */
@ConfigMapping(prefix = "token")
public interface TokenConfig {
    /** Who may publish: {@code everyone} or {@code stage}. */
    @WithDefault("everyone")
    PublishPolicy publishPolicy();

    /** Life of a LiveKit token; never longer than the pass. */
    @WithDefault("6h")
    Duration livekitLife();

    /** Life of a Twilio token, at most 24 h; never longer than the pass, but at least Twilio's minimum of 3 minutes. */
    @WithDefault("1h")
    Duration chatLife();

    /** How often one person may ask, per replica. */
    RateLimit rateLimit();

    /** How often one person may ask, per replica. Beyond it: 429 with Retry-After. */
    interface RateLimit {
        /** Requests at once. */
        @WithDefault("60")
        @Min(1)
        int burst();

        /** Requests a second in the long run. */
        @WithDefault("5")
        @Min(1)
        int perSecond();
    }
}
