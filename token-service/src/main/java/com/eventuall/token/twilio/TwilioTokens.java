package com.eventuall.token.twilio;

import com.twilio.jwt.accesstoken.AccessToken;
import com.twilio.jwt.accesstoken.ChatGrant;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Signs Twilio access tokens for Conversations. CPU only: nothing is asked of Twilio. */
@ApplicationScoped
public class TwilioTokens {
    /** Twilio accepts lives of 3 minutes to 24 hours. */
    public static final Duration LEAST_LIFE = Duration.ofMinutes(3);
    /** The longest life that Twilio accepts; its SDK would sign more. */
    public static final Duration LONGEST_LIFE = Duration.ofHours(24);

    private final TwilioConfig config;

    TwilioTokens(TwilioConfig config) {
        this.config = config;
    }

    /** A token with which {@code identity} may use the chat service until {@code end}. */
    public String sign(String identity, Instant now, Instant end) {
        ChatGrant grant = new ChatGrant();
        grant.setServiceSid(config.serviceSid());
        return new AccessToken.Builder(
                        config.accountSid(),
                        config.apiKeySid(),
                        config.apiKeySecret().getBytes(StandardCharsets.UTF_8))
                .identity(identity)
                .ttl((int) Duration.between(now, end).toSeconds())
                .grant(grant)
                .build()
                .toJwt();
    }
}
