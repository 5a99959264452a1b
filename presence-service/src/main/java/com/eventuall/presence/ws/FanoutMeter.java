package com.eventuall.presence.ws;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What is counted of the fan-out. No tag names a room or a person. */
@ApplicationScoped
public class FanoutMeter {
    private final Counter frames;
    private final Timer delay;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger lagging = new AtomicInteger();
    private final AtomicLong backlog = new AtomicLong();

    FanoutMeter(MeterRegistry metrics) {
        frames = metrics.counter("eventuall.presence.frames");
        metrics.gauge("eventuall.presence.sockets", open);
        metrics.gauge("eventuall.presence.sockets.lagging", lagging);
        metrics.gauge("eventuall.presence.backlog.bytes", backlog);
        delay = Timer.builder("eventuall.presence.fanout")
                .description("From a published version to its last frame on one event loop")
                .publishPercentileHistogram()
                .register(metrics);
    }

    void opened() {
        open.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    /** How many connections cannot take more at present, and the most that is held for one of them, in bytes. */
    void lagging(int count, long most) {
        lagging.set(count);
        backlog.set(most);
    }

    void wrote(int count) {
        frames.increment(count);
    }

    void fannedOut(long nanos) {
        delay.record(nanos, TimeUnit.NANOSECONDS);
    }
}
