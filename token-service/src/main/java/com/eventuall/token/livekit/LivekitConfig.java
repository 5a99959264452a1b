package com.eventuall.token.livekit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How LiveKit is reached. */
@ConfigMapping(prefix = "livekit")
public interface LivekitConfig {
    /** The address that browsers connect to, {@code wss://…}. */
    String url();

    /** The address of the API, {@code https://…}. The SDK drops any path of it. */
    String apiUrl();

    /** Key of the tokens that we sign, and of webhooks. */
    String apiKey();

    /** Its secret, at least 32 bytes. */
    String apiSecret();

    /** A second key whose webhooks are accepted while keys are rotated. */
    Optional<String> previousApiKey();

    /** Its secret. */
    Optional<String> previousApiSecret();

    /** How long one call may take in all. */
    @WithDefault("5s")
    Duration callTimeout();
}
