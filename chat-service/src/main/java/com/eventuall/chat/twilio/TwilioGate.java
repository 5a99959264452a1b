package com.eventuall.chat.twilio;

import com.eventuall.chat.VendorException;
import com.eventuall.chat.VendorException.Kind;
import com.eventuall.chat.config.ChatConfig;
import com.eventuall.platform.limit.RetryAfterHold;
import com.twilio.http.TwilioRestClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The way to Twilio: every call runs on one of a few worker threads (the SDK blocks), ends within twice the timeout however many
 * are waiting, and fails with a {@link VendorException}. When most of the last calls failed, calls are refused at once for a
 * while. Answers that say no are not failures in that sense. When Twilio answers 429 with {@code Retry-After}, all calls are
 * refused until then, for whichever conversation: its limits are the account's.
 */
@ApplicationScoped
public class TwilioGate {
    private static final int WAITING_CALLS = 512;
    private static final int BREAKER_WINDOW = 20;
    private static final double BREAKER_RATIO = 0.6;

    private static final Logger LOG = Logger.getLogger(TwilioGate.class);
    private static final String CALLS = "eventuall.chat.vendor.calls";

    private final MeterRegistry metrics;
    private final TwilioRestClient client;
    private final CallPool calls;
    private final Guard breaker;
    private final Duration timeout;
    private final Duration breakerDelay;
    private final RetryAfterHold hold = new RetryAfterHold();

    TwilioGate(TwilioConfig twilio, ChatConfig config, MeterRegistry metrics) {
        this.metrics = metrics;
        ChatConfig.Vendor vendor = config.vendor();
        this.timeout = vendor.timeout();
        this.breakerDelay = vendor.breakerDelay();
        this.client = new TwilioRestClient.Builder(twilio.apiKeySid(), twilio.apiKeySecret())
                .accountSid(twilio.accountSid())
                .httpClient(new TwilioHttp(twilio.baseUrl(), timeout, hold))
                .build();
        this.calls = new CallPool(vendor.callsAtOnce(), WAITING_CALLS);
        this.breaker = Guard.create()
                .withDescription("twilio")
                .withCircuitBreaker()
                .requestVolumeThreshold(BREAKER_WINDOW)
                .failureRatio(BREAKER_RATIO)
                .delay(breakerDelay.toMillis(), ChronoUnit.MILLIS)
                .successThreshold(2)
                .when(failure -> VendorException.is(failure, Kind.UNAVAILABLE))
                .done()
                .build();
    }

    /** Makes one call. Not repeated here. */
    <T> Uni<T> call(Function<TwilioRestClient, T> call) {
        return Uni.createFrom()
                .deferred(() -> send(call))
                .onFailure(CircuitBreakerOpenException.class)
                .transform(open -> new VendorException(Kind.BUSY, "Twilio does not answer at the moment", breakerDelay))
                .onItemOrFailure()
                .invoke((item, failure) -> count(failure));
    }

    private <T> Uni<T> send(Function<TwilioRestClient, T> call) {
        Duration held = hold.remaining();
        return held.isZero()
                ? breaker.get(() -> attempt(call), new TypeLiteral<Uni<T>>() {})
                : Uni.createFrom().failure(new VendorException(Kind.BUSY, "Twilio asked to wait", held));
    }

    private void count(@Nullable Throwable failure) {
        String outcome = failure == null
                ? "done"
                : failure instanceof VendorException vendor
                        ? vendor.kind().name().toLowerCase(Locale.ROOT)
                        : "error";
        if (failure != null && VendorException.is(failure, Kind.REFUSED)) {
            // A mistake of ours or of the account's settings: time does not heal it.
            LOG.warnf("A call was refused: %s", failure.getMessage());
        }
        metrics.counter(CALLS, "outcome", outcome).increment();
    }

    private <T> Uni<T> attempt(Function<TwilioRestClient, T> call) {
        // A call may be several requests, each of them with the timeout; the way there counts too.
        return calls.run(() -> call.apply(client), timeout.multipliedBy(2))
                .onFailure(RejectedExecutionException.class)
                .transform(full -> new VendorException(Kind.BUSY, "Too many calls are waiting", timeout))
                .onFailure(failure -> !(failure instanceof VendorException))
                .transform(TwilioErrors::translate)
                .emitOn(Infrastructure.getDefaultWorkerPool());
    }

    @PreDestroy
    void stop() {
        calls.stop();
    }
}
