package com.eventuall.chat;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.btc.BlockedThreadEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Sees what holds up an event loop of the service for longer than 100 ms, with Vert.x' own checker of blocked threads. That looks
 * once a second by default, and would miss most of what is shorter; here it looks every 5 ms.
 *
 * <p>A thread that wants to run on a machine that has no core for it is held up, too, but not by the service. So what counts is a
 * thread that waits for something, or that computes for long, by its own CPU time.
 */
@Singleton
public class EventLoopWatch implements VertxOptionsCustomizer {
    private static final long LIMIT_MILLIS = 100;
    private static final long LOOK_MILLIS = 5;
    /** CPU time in ns after a hold was found, at its 100 ms. */
    private static final long MUCH_COMPUTED = TimeUnit.MILLISECONDS.toNanos(50);
    /** Threads that wait in these are runnable to the JVM. */
    private static final Set<String> WAITING_FOR_A_NAME = Set.of("lookupAllHostAddr", "getHostByAddr");

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Map<String, Held> held = new ConcurrentHashMap<>();

    /**
     * Something that ran on an event loop for too long.
     *
     * @param thread the event loop
     * @param cpuWhenFound what the thread had computed by then, ns
     * @param lasted how long it had been running when it was last looked at, ns
     * @param computed while it was looked at, ns
     * @param state of the thread when it was found
     * @param stack of the thread then
     */
    record Held(
            String thread,
            long cpuWhenFound,
            long lasted,
            long computed,
            Thread.State state,
            List<StackTraceElement> stack) {

        boolean waits() {
            return state != Thread.State.RUNNABLE
                    || WAITING_FOR_A_NAME.contains(stack.get(0).getMethodName());
        }

        boolean computes() {
            return computed >= MUCH_COMPUTED;
        }

        @Override
        public String toString() {
            return thread + " " + state + " " + TimeUnit.NANOSECONDS.toMillis(lasted) + " ms\n"
                    + stack.stream().limit(30).map(frame -> "    " + frame).collect(Collectors.joining("\n"));
        }
    }

    @Override
    public void accept(VertxOptions options) {
        options.setBlockedThreadCheckInterval(LOOK_MILLIS)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
                .setMaxEventLoopExecuteTime(LIMIT_MILLIS)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS);
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        ((VertxInternal) vertx).blockedThreadChecker().setThreadBlockedHandler(this::look);
    }

    private void look(BlockedThreadEvent event) {
        Thread thread = event.thread();
        long cpu = THREADS.getThreadCpuTime(thread.getId());
        // One hold is looked at many times: it began at the same moment, give or take a look.
        long began = (System.nanoTime() - event.duration()) / TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS / 2);
        held.compute(
                thread.getName() + " since " + began,
                (key, known) -> known == null
                        ? new Held(
                                thread.getName(),
                                cpu,
                                event.duration(),
                                0,
                                thread.getState(),
                                Arrays.asList(thread.getStackTrace()))
                        : new Held(
                                known.thread(),
                                known.cpuWhenFound(),
                                event.duration(),
                                cpu - known.cpuWhenFound(),
                                known.state(),
                                known.stack()));
    }

    /** Forgets what was found so far. */
    void clear() {
        held.clear();
    }

    /** What was found since and is the service's doing. */
    List<Held> blocked() {
        return held.values().stream()
                .filter(each -> each.waits() || each.computes())
                .toList();
    }

    /** What was found since for which the machine had no core. */
    long starved() {
        return held.size() - blocked().size();
    }
}
