package com.eventuall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LossGaugeTest {
    private static final Duration USUAL = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(9);

    private final LossGauge losses = new LossGauge(100, Duration.ofSeconds(2), Duration.ofSeconds(10));

    private void lose(int count, long now) {
        for (int i = 0; i < count; i++) {
            losses.lost(now);
        }
    }

    @Test
    void fewLossesHaveTheUsualGrace() {
        lose(100, 50_000);
        assertThat(losses.grace(51_000)).isEqualTo(USUAL);
    }

    @Test
    void manyLossesWithinASecondHaveTheGraceOfADrainAlsoTheFirstOfThem() {
        lose(1, 50_000);
        lose(200, 50_900);
        assertThat(losses.grace(51_000)).isEqualTo(LONG);
        assertThat(losses.grace(51_900)).isEqualTo(LONG);
    }

    @Test
    void asManyOverSeveralSecondsAreNoStorm() {
        for (long second = 50; second < 60; second++) {
            lose(90, second * 1000);
            assertThat(losses.grace(second * 1000 + 1000)).isEqualTo(USUAL);
        }
    }

    @Test
    void theLastOfManyHaveItToo() {
        lose(200, 50_000);
        lose(1, 50_990);
        lose(1, 51_010);
        assertThat(losses.grace(52_010)).isEqualTo(LONG);
    }

    @Test
    void aStormPasses() {
        lose(500, 50_000);
        lose(1, 52_000);
        assertThat(losses.grace(53_000)).isEqualTo(USUAL);
    }

    @Test
    void thePauseIsPartOfTheGraceHoweverShortThatIs() {
        LossGauge brief = new LossGauge(100, Duration.ofMillis(100), Duration.ZERO);
        assertThat(brief.pause().plus(brief.grace(50_250))).isEqualTo(Duration.ofMillis(100));
        assertThat(losses.pause().plus(USUAL)).isEqualTo(Duration.ofSeconds(2));
    }
}
