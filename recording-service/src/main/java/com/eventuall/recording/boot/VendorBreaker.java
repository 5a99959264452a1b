package com.eventuall.recording.boot;

import com.eventuall.platform.limit.RetryAfterHold;
import com.eventuall.recording.FailureKind;
import com.eventuall.recording.VendorFailure;
import com.eventuall.recording.VendorGuard;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * A circuit breaker before one vendor: when half of the last 20 calls had no certain outcome, nothing is sent for five
 * seconds; and when the vendor answers 429 with {@code Retry-After}, nothing is sent before then, whichever recording, turn or
 * webhook asks. A call it holds back was surely not carried out, which spares the workflow the settle time.
 */
final class VendorBreaker implements VendorGuard {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Guard guard;
    private final String vendor;
    private final MeterRegistry metrics;
    private final RetryAfterHold hold = new RetryAfterHold();

    VendorBreaker(String vendor, MeterRegistry metrics) {
        this.vendor = vendor;
        this.metrics = metrics;
        this.guard = Guard.create()
                .withCircuitBreaker()
                .requestVolumeThreshold(20)
                .failureRatio(0.5)
                .delay(PAUSE.toMillis(), ChronoUnit.MILLIS)
                .when(VendorBreaker::uncertain)
                .done()
                .build();
    }

    private static boolean uncertain(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return !(cause instanceof VendorFailure failure) || failure.kind() == FailureKind.UNKNOWN;
    }

    @Override
    public <T> CompletionStage<T> call(Supplier<CompletionStage<T>> call) {
        Duration held = hold.remaining();
        if (!held.isZero()) {
            count("held");
            return CompletableFuture.failedFuture(new VendorFailure(FailureKind.NOT_NOW, "asked_to_wait", held));
        }
        CompletionStage<T> outcome;
        try {
            outcome = guard.get(call, new TypeLiteral<CompletionStage<T>>() {});
        } catch (RuntimeException e) {
            outcome = CompletableFuture.failedFuture(e);
        }
        return outcome.whenComplete((value, error) -> count(error == null ? "ok" : "failed"))
                .exceptionallyCompose(this::fail);
    }

    private <T> CompletionStage<T> fail(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof VendorFailure failure && failure.retryAfter() != null) {
            hold.hold(failure.retryAfter());
        }
        return CompletableFuture.failedFuture(
                cause instanceof CircuitBreakerOpenException
                        ? new VendorFailure(FailureKind.NOT_NOW, "breaker_open", PAUSE)
                        : cause);
    }

    private void count(String outcome) {
        metrics.counter("eventuall.recording.vendor.calls", "vendor", vendor, "outcome", outcome)
                .increment();
    }
}
