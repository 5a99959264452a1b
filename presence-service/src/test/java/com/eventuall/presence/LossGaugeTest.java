package com.eventuall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LossGaugeTest {
    private static final Duration USUAL = Duration.ofMillis(1750);
    private static final Duration LONG = Duration.ofMillis(9750);

    private final LossGauge losses = new LossGauge(100, Duration.ofSeconds(2), Duration.ofSeconds(10));

    private void lose(int count, long now) {
        for (int i = 0; i < count; i++) {
            losses.lost(now);
        }
    }

    @Test
    void fewLossesHaveTheUsualGrace() {
        lose(100, 50_000);
        assertThat(losses.grace(50_250)).isEqualTo(USUAL);
    }

    @Test
    void manyLossesWithinASecondHaveTheGraceOfADrainAlsoTheFirstOfThem() {
        lose(1, 50_000);
        lose(200, 50_200);
        assertThat(losses.grace(50_250)).isEqualTo(LONG);
        assertThat(losses.grace(50_450)).isEqualTo(LONG);
    }

    @Test
    void asManyOverSeveralSecondsAreNoStorm() {
        for (long second = 50; second < 60; second++) {
            lose(90, second * 1000);
            assertThat(losses.grace(second * 1000 + 250)).isEqualTo(USUAL);
        }
    }

    @Test
    void aStormPasses() {
        lose(500, 50_000);
        lose(1, 52_000);
        assertThat(losses.grace(52_250)).isEqualTo(USUAL);
    }

    @Test
    void aGraceShorterThanThePauseIsOver() {
        assertThat(new LossGauge(100, Duration.ofMillis(100), Duration.ZERO).grace(50_250))
                .isEqualTo(Duration.ZERO);
    }
}
