package com.eventuall.chat.twilio;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A few threads for calls that block. The time of a call is counted from when it is asked for, so the wait for a thread is part of
 * it: callers hold leases that are as long as that. A call that is given up before its turn is never made and gives its place to
 * another one; one that is given up while it is under way keeps its thread until it ends.
 */
final class CallPool {
    private final ThreadPoolExecutor workers;

    /**
     * @param atOnce how many calls may be under way
     * @param waiting how many more may wait for their turn
     */
    CallPool(int atOnce, int waiting) {
        AtomicInteger count = new AtomicInteger();
        this.workers = new ThreadPoolExecutor(
                atOnce, atOnce, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), task -> {
                    Thread thread = new Thread(task, "twilio-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
    }

    /**
     * Makes a call on one of the threads. Fails with what the call throws, with a {@link TimeoutException} after the limit, and with
     * a {@link RejectedExecutionException} when too many calls are waiting.
     */
    <T> Uni<T> run(Supplier<T> call, Duration limit) {
        // Not runSubscriptionOn: what follows it in a pipeline, a time limit included, begins on the thread, and so
        // with the call.
        return Uni.createFrom()
                .<T>emitter(emitter -> {
                    AtomicBoolean begunOrGivenUp = new AtomicBoolean();
                    Runnable task = () -> {
                        if (begunOrGivenUp.compareAndSet(false, true)) {
                            try {
                                emitter.complete(call.get());
                            } catch (Throwable failure) {
                                emitter.fail(failure);
                            }
                        }
                    };
                    emitter.onTermination(() -> {
                        if (begunOrGivenUp.compareAndSet(false, true)) {
                            workers.remove(task);
                        }
                    });
                    workers.execute(task);
                })
                .ifNoItem()
                .after(limit)
                .fail();
    }

    void stop() {
        workers.shutdown();
    }
}
