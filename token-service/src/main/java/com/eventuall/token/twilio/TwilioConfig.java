package com.eventuall.token.twilio;

import io.smallrye.config.ConfigMapping;

/** What a Twilio token is made of. */
@ConfigMapping(prefix = "twilio")
public interface TwilioConfig {
    /** The account, {@code AC…}. */
    String accountSid();

    /** The API key that signs, {@code SK…}. */
    String apiKeySid();

    /** Its secret, at least 32 bytes. */
    String apiKeySecret();

    /** The Conversations service, {@code IS…}. */
    String serviceSid();
}
