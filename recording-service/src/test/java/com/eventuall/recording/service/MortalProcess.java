package com.eventuall.recording.service;

import com.eventuall.recording.LiveKitPort;
import com.eventuall.recording.MuxPort;
import com.eventuall.recording.RecordingMachine;
import com.eventuall.recording.RecordingRules;
import com.eventuall.recording.RecordingRunner;
import com.eventuall.recording.RecordingStore;
import com.eventuall.recording.VendorCalls;
import com.eventuall.recording.clip.ClipCalculator;
import com.eventuall.recording.clip.ClipRules;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The workflow as a process of its own would run it, on the real store and the real vendor adapters, except that any of its
 * operations may be its last, before or after the effect, or may be frozen until after the lease. A dead one never hears
 * anything again; {@link #run} goes on with a new one.
 */
final class MortalProcess {
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration FROZEN = Duration.ofSeconds(7);

    private final RecordingStore store;
    private final LiveKitPort liveKit;
    private final MuxPort mux;
    private final RecordingRules rules;
    private final Random random;
    private final AtomicInteger deaths = new AtomicInteger();
    private final AtomicInteger freezes = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();

    MortalProcess(RecordingStore store, LiveKitPort liveKit, MuxPort mux, RecordingRules rules, long seed) {
        this.store = store;
        this.liveKit = liveKit;
        this.mux = mux;
        this.rules = rules;
        this.random = new Random(seed);
    }

    int deaths() {
        return deaths.get();
    }

    int freezes() {
        return freezes.get();
    }

    void stop() {
        stopped.set(true);
    }

    /** Lives, dies and lives again until it is stopped. */
    void run() {
        if (stopped.get()) {
            return;
        }
        Life life = new Life();
        RecordingStore mortalStore = life.mortal(RecordingStore.class, store);
        VendorCalls vendors =
                new VendorCalls(life.mortal(LiveKitPort.class, liveKit), life.mortal(MuxPort.class, mux), mortalStore);
        ClipRules clips = new ClipRules(
                Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(1));
        RecordingMachine machine = new RecordingMachine(rules, new ClipCalculator(clips), UUID::randomUUID, () -> 0.5);
        life.live(new RecordingRunner(
                machine,
                mortalStore,
                vendors,
                new RecordingRunner.Times(Clock.systemUTC(), System::nanoTime),
                new RecordingRunner.Lease("mortal", LEASE, rules.vendor().timeout())));
    }

    private static void later(Duration pause, Runnable what) {
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(what);
    }

    /** One life. */
    private final class Life {
        private final AtomicBoolean dead = new AtomicBoolean();

        void live(RecordingRunner runner) {
            if (!dead.get() && !stopped.get()) {
                runner.runOne(() -> {})
                        .whenComplete((found, error) -> later(Duration.ofMillis(50), () -> live(runner)));
            }
        }

        <T> T mortal(Class<T> port, T real) {
            return port.cast(Proxy.newProxyInstance(
                    port.getClassLoader(), new Class<?>[] {port}, (proxy, method, args) -> act(real, method, args)));
        }

        private CompletionStage<?> act(Object real, Method method, Object[] args) {
            CompletableFuture<Object> reply = new CompletableFuture<>();
            boolean claim = method.getName().equals("claim");
            double fate = claim ? 1 : random.nextDouble();
            if (dead.get() || fate < 0.04) {
                die();
                return reply;
            }
            if (fate < 0.06) {
                freezes.incrementAndGet();
                later(FROZEN, () -> invoke(real, method, args, reply, false));
            } else {
                invoke(real, method, args, reply, fate < 0.10);
            }
            return reply;
        }

        private void invoke(
                Object real, Method method, Object[] args, CompletableFuture<Object> reply, boolean diesAfterwards) {
            try {
                CompletionStage<?> outcome = (CompletionStage<?>) method.invoke(real, args);
                outcome.whenComplete((value, error) -> {
                    if (diesAfterwards) {
                        die();
                    }
                    if (dead.get()) {
                        return;
                    }
                    if (error == null) {
                        reply.complete(value);
                    } else {
                        reply.completeExceptionally(error);
                    }
                });
            } catch (IllegalAccessException | InvocationTargetException e) {
                reply.completeExceptionally(e);
            }
        }

        private void die() {
            if (dead.compareAndSet(false, true)) {
                deaths.incrementAndGet();
                later(Duration.ofMillis(300), MortalProcess.this::run);
            }
        }
    }
}
