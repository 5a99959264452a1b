package com.eventuall.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryAfterHoldTest {
    /** Shortly before the clock overflows, as it may by its contract. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

    private final RetryAfterHold hold = new RetryAfterHold(nanos::get);

    @Test
    void nothingIsHeldAtFirst() {
        assertThat(hold.remaining()).isZero();
    }

    @Test
    void aHoldEndsByItself() {
        hold.hold(Duration.ofSeconds(3));
        assertThat(hold.remaining()).isEqualTo(Duration.ofSeconds(3));

        nanos.addAndGet(Duration.ofMillis(2_999).toNanos());
        assertThat(hold.remaining()).isEqualTo(Duration.ofMillis(1));

        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(hold.remaining()).isZero();
        nanos.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(hold.remaining()).isZero();
    }

    @Test
    void aShorterHoldDoesNotEndALongerOne() {
        hold.hold(Duration.ofSeconds(3));
        hold.hold(Duration.ofSeconds(1));

        assertThat(hold.remaining()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aLongerHoldProlongsAShorterOne() {
        hold.hold(Duration.ofSeconds(1));
        hold.hold(Duration.ofSeconds(3));

        assertThat(hold.remaining()).isEqualTo(Duration.ofSeconds(3));
    }
}
