package com.eventuall.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SightingsTest {
    private final MovableClock clock = new MovableClock();
    private final Sightings sightings = new Sightings(clock);

    @Test
    void whatWasSeenIsBelievedForAWhile() {
        assertThat(sightings.isRecent("CH1")).isFalse();

        sightings.seen("CH1");
        clock.now = clock.now.plus(Sightings.RECENT).minusMillis(1);
        assertThat(sightings.isRecent("CH1")).isTrue();

        clock.now = clock.now.plusMillis(1);
        assertThat(sightings.isRecent("CH1")).isFalse();
    }

    @Test
    void memoryIsBounded() {
        for (int i = 0; i < 10_000; i++) {
            sightings.seen("CH" + i);
        }
        assertThat(sightings.isRecent("CH0")).isTrue();

        sightings.seen("CH10000");

        assertThat(sightings.isRecent("CH0")).isFalse();
        assertThat(sightings.isRecent("CH10000")).isTrue();
    }

    private static final class MovableClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
