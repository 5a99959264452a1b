package com.eventuall.recording;

import com.eventuall.recording.RecordingStore.Claim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Takes a due recording and carries it on until it has to wait: store, then call, then store. Any number of runners in
 * any number of processes may share a store.
 *
 * <p>A call is made only when the lease, counted from before the last write by a clock that does not jump, outlasts the
 * vendor timeout. A process paused between that check and the request can still be late; its write then meets a newer
 * fence, and what its request made is removed by the {@link Sweeper}.
 */
public final class RecordingRunner {

    /**
     * Clocks of the runner.
     *
     * @param clock wall clock, for the machine's decisions
     * @param nanos nanoseconds of a clock that never jumps, for the lease
     */
    public record Times(Clock clock, LongSupplier nanos) {}

    private final RecordingMachine machine;
    private final RecordingStore store;
    private final VendorCalls vendors;
    private final Times times;
    private final Lease lease;

    /**
     * Whose claims these are, and for how long.
     *
     * @param owner name of this process, for people
     * @param length how long a claim lasts; more than the vendor timeout
     * @param vendorTimeout longest duration of a vendor call
     */
    public record Lease(String owner, Duration length, Duration vendorTimeout) {
        public Lease {
            if (length.compareTo(vendorTimeout) <= 0) {
                throw new IllegalArgumentException("the lease must be longer than the vendor timeout");
            }
        }
    }

    public RecordingRunner(
            RecordingMachine machine, RecordingStore store, VendorCalls vendors, Times times, Lease lease) {
        this.machine = machine;
        this.store = store;
        this.vendors = vendors;
        this.times = times;
        this.lease = lease;
    }

    /**
     * Claims one recording and works on it. True, once it has to wait, when there was one.
     *
     * @param claimed told as soon as one was claimed: there may be more
     */
    public CompletionStage<Boolean> runOne(Runnable claimed) {
        return store.claim(lease.owner(), lease.length()).thenCompose(claim -> {
            if (claim.isEmpty()) {
                return CompletableFuture.completedFuture(false);
            }
            claimed.run();
            return step(claim.get(), new Observation.Woken()).thenApply(done -> true);
        });
    }

    private CompletionStage<Void> step(Claim claim, Observation observation) {
        Transition step =
                machine.next(claim.recording(), observation, times.clock().instant());
        Call call = step.call();
        if (call == null && !goesOn(step)) {
            return store.saveAndRelease(claim, step).thenAccept(inputs -> {});
        }
        long leaseStart = times.nanos().getAsLong();
        return store.save(claim, step, lease.length()).thenCompose(inputs -> {
            if (inputs.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            Claim stored = new Claim(step.recording().with(inputs.get()), claim.fence());
            return call == null ? step(stored, new Observation.Woken()) : make(stored, call, leaseStart);
        });
    }

    private CompletionStage<Void> make(Claim stored, Call call, long leaseStart) {
        Duration used = Duration.ofNanos(times.nanos().getAsLong() - leaseStart);
        if (used.plus(lease.vendorTimeout()).compareTo(lease.length()) >= 0) {
            // Paused since the write. The intent stays; whoever claims next finds out that nothing was made.
            return CompletableFuture.completedFuture(null);
        }
        return vendors.make(call).thenCompose(outcome -> step(stored, outcome));
    }

    private boolean goesOn(Transition step) {
        Instant nextAt = step.recording().progress().nextAt();
        return nextAt != null && !nextAt.isAfter(times.clock().instant());
    }
}
