package com.eventuall.queue.runtime;

import com.eventuall.queue.QueueMeter;
import com.eventuall.queue.RoomLoad;
import com.eventuall.queue.Rooms;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** What this process' rooms do and take. No tag names a room or a person. */
@Singleton
class Metrics implements QueueMeter {

    private final MeterRegistry registry;
    private final Counter updates;
    private final Timer append;
    private final Counter frames;
    private final Counter compactions;
    private final Counter generations;
    private final Counter ownerChanges;

    Metrics(MeterRegistry registry) {
        this.registry = registry;
        updates = registry.counter("eventuall.queue.updates");
        append = Timer.builder("eventuall.queue.append")
                .description("From a batch of updates to its place in the log")
                .publishPercentileHistogram()
                .register(registry);
        frames = registry.counter("eventuall.queue.frames");
        compactions = registry.counter("eventuall.queue.compactions");
        generations = registry.counter("eventuall.queue.generations");
        ownerChanges = registry.counter("eventuall.queue.owner.changes");
    }

    void watch(@Observes StartupEvent event, Rooms rooms) {
        registry.gauge("eventuall.queue.documents", rooms, Rooms::size);
        sum("eventuall.queue.sockets", rooms, RoomLoad::sockets);
        sum("eventuall.queue.unwritten.bytes", rooms, RoomLoad::unwrittenBytes);
        sum("eventuall.queue.pending.bytes", rooms, RoomLoad::pendingBytes);
        largest("eventuall.queue.pending.seconds", rooms, load -> load.pendingMillis() / 1_000);
        largest("eventuall.queue.log.entries", rooms, RoomLoad::logEntries);
    }

    private void sum(String name, Rooms rooms, ToLongFunction<RoomLoad> part) {
        registry.gauge(name, rooms, all -> all.loads().mapToLong(part).sum());
    }

    private void largest(String name, Rooms rooms, ToLongFunction<RoomLoad> part) {
        registry.gauge(name, rooms, all -> all.loads().mapToLong(part).max().orElse(0));
    }

    @Override
    public void durable(int count, long millis) {
        updates.increment(count);
        append.record(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void sent(int count) {
        frames.increment(count);
    }

    @Override
    public void compacted() {
        compactions.increment();
    }

    @Override
    public void rolledOver() {
        generations.increment();
    }

    @Override
    public void becameOwner() {
        ownerChanges.increment();
    }
}
