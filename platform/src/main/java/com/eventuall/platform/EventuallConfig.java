package com.eventuall.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What every service of the suite needs to know of the place it runs in. */
@ConfigMapping(prefix = "eventuall")
public interface EventuallConfig {
    /**
     * The gateway's public origin, as in {@code https://live.example.com}: browsers of this origin may open sockets, the
     * join answer's addresses start with it, and Twilio signs webhooks over it.
     */
    URI publicUrl();

    /** Further origins whose pages may open sockets, exact. */
    Optional<List<String>> allowedOrigins();

    /** Names this installation in what it makes at the vendors, so that two installations can share an account. */
    @WithDefault("dev")
    String environment();

    /** {@code iss} of the passes. */
    Optional<String> passIssuer();

    /** How log lines look. */
    Log log();

    /** How log lines look. */
    interface Log {
        /** One JSON object a line; otherwise text. */
        @WithDefault("true")
        boolean json();
    }
}
