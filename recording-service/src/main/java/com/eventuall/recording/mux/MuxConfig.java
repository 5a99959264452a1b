package com.eventuall.recording.mux;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** How Mux is reached and how its webhooks prove themselves. */
@ConfigMapping(prefix = "mux")
public interface MuxConfig {
    /** Where the API is; {@code /video/v1/…} follows. */
    @WithDefault("https://api.mux.com")
    URI baseUrl();

    /** Id of an access token with Mux Video read and write. */
    String tokenId();

    /** Its secret. */
    String tokenSecret();

    /** Signing secrets of the webhook endpoint; more than one while they are rotated. */
    List<String> webhookSecret();

    /** {@code basic}, {@code plus} or {@code premium} for clips; Mux's default when absent. */
    Optional<String> videoQuality();
}
