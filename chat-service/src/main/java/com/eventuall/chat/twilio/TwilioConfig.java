package com.eventuall.chat.twilio;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** How Twilio is reached. */
@ConfigMapping(prefix = "twilio")
public interface TwilioConfig {
    /** The account, {@code AC…}. */
    String accountSid();

    /** The account's auth token, which signs webhooks. */
    String authToken();

    /** The API key that calls, {@code SK…}. */
    String apiKeySid();

    /** Its secret. */
    String apiKeySecret();

    /** The Conversations service, {@code IS…}. */
    String serviceSid();

    /** Where the API is; the path may be longer than Twilio's. */
    @WithDefault("https://conversations.twilio.com")
    URI baseUrl();

    /** The conversation role of moderators, {@code RL…}; without it the one whose name is {@code channel admin}. */
    Optional<String> moderatorRoleSid();

    /** The conversation role of participants, {@code RL…}; without it the one whose name is {@code channel user}. */
    Optional<String> participantRoleSid();
}
