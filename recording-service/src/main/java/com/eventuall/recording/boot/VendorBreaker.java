package com.eventuall.recording.boot;

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
import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker before one vendor: when half of the last 20 calls had no certain outcome, nothing is sent for five
 * seconds. A call it holds back was surely not carried out, which spares the workflow the settle time.
 */
final class VendorBreaker implements VendorGuard {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Guard guard;
    private final String vendor;
    private final MeterRegistry metrics;

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
        CompletionStage<T> outcome;
        try {
            outcome = guard.get(call, new TypeLiteral<CompletionStage<T>>() {});
        } catch (RuntimeException e) {
            outcome = CompletableFuture.failedFuture(e);
        }
        return outcome.whenComplete((value, error) -> count(error)).exceptionallyCompose(VendorBreaker::fail);
    }

    private static <T> CompletionStage<T> fail(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return CompletableFuture.failedFuture(
                cause instanceof CircuitBreakerOpenException
                        ? new VendorFailure(FailureKind.NOT_NOW, "breaker_open", PAUSE)
                        : cause);
    }

    private void count(@Nullable Throwable error) {
        metrics.counter(
                        "eventuall.recording.vendor.calls",
                        "vendor",
                        vendor,
                        "outcome",
                        error == null ? "ok" : "failed")
                .increment();
    }
}
