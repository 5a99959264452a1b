package com.eventuall.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.contracts.Role;
import com.eventuall.platform.auth.Pass;
import com.eventuall.platform.problem.ProblemException;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PersonLimiterTest {
    private final Moment now = new Moment();
    private final PersonLimiter limiter = new PersonLimiter("toggles", 3, 1, now);

    @Test
    void aBurstIsAdmittedAndThenAsManyAsComeBack() {
        admit("ann", 3);
        assertRefused("ann");

        now.pass(Duration.ofMillis(999));
        assertRefused("ann");
        now.pass(Duration.ofMillis(1));
        admit("ann", 1);
        assertRefused("ann");
    }

    @Test
    void nobodyPaysForAnother() {
        admit("ann", 3);
        assertRefused("ann");

        admit("bob", 3);
    }

    @Test
    void aPersonHasABucketPerEvent() {
        admit("ann", 3);

        limiter.admit(pass("e2", "ann"));
    }

    private void admit(String userId, int times) {
        for (int i = 0; i < times; i++) {
            limiter.admit(pass("e1", userId));
        }
    }

    private void assertRefused(String userId) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> limiter.admit(pass("e1", userId)))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                    assertThat(refusal.retryAfterSeconds()).isEqualTo(1);
                    assertThat(refusal.detail()).doesNotContain(userId);
                });
    }

    private static Pass pass(String eventId, String userId) {
        return new Pass(userId, userId, eventId, Optional.empty(), Role.PARTICIPANT, Instant.EPOCH, Instant.MAX);
    }

    /** A clock that stands still. */
    private static final class Moment implements TimeMeter {
        private long nanos = 1;

        void pass(Duration time) {
            nanos += time.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
