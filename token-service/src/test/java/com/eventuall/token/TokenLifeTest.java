package com.eventuall.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenLifeTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void tokenLivesAsConfigured() {
        assertThat(end("2026-03-01T20:00:00Z")).isEqualTo("2026-03-01T11:00:00Z");
    }

    @Test
    void tokenEndsWithItsPass() {
        assertThat(end("2026-03-01T10:20:00Z")).isEqualTo("2026-03-01T10:20:00Z");
    }

    @Test
    void tokenIsNeverShorterThanTheVendorAccepts() {
        assertThat(end("2026-03-01T10:00:30Z")).isEqualTo("2026-03-01T10:03:00Z");
    }

    private static Instant end(String passEnd) {
        return TokenLife.end(NOW, Duration.ofHours(1), Instant.parse(passEnd), Duration.ofMinutes(3));
    }
}
