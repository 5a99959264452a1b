package com.eventuall.recording.livekit;

import io.smallrye.config.ConfigMapping;

/** How LiveKit is reached. */
@ConfigMapping(prefix = "livekit")
public interface LiveKitConfig {
    /** The address of the API, {@code https://…}. The SDK drops any path of it. */
    String apiUrl();

    /** Key of the tokens that calls carry. */
    String apiKey();

    /** Its secret, at least 32 bytes. */
    String apiSecret();
}
