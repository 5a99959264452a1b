package com.eventuall.recording.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.recording.Progress;
import com.eventuall.recording.Recording;
import com.eventuall.recording.RecordingState;
import com.eventuall.recording.RecordingStore;
import com.eventuall.recording.RecordingStore.Claim;
import com.eventuall.recording.Transition;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How many recordings a second are claimed, loaded and given back, with many due ones in the table. Run by {@code
 * e2e/bench/recording/bench}; its name keeps it out of the normal build.
 */
@QuarkusTest
@TestProfile(WithoutRunner.class)
class ClaimBench extends ServiceTest {
    private static final int ROWS = 10_000;
    private static final int WORKERS = 16;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration MEASURED = Duration.ofSeconds(15);
    private static final Duration LEASE = Duration.ofHours(1);

    @Inject
    RecordingStore store;

    @Inject
    Pool pool;

    @Test
    void claimsASecond() {
        fill();
        rate(WARM_UP, claim -> released(claim));
        int steps = rate(MEASURED, claim -> released(claim));
        makeDue();
        Set<UUID> claimed = ConcurrentHashMap.newKeySet();
        AtomicInteger twice = new AtomicInteger();
        int claims = rate(MEASURED, claim -> {
            if (!claimed.add(claim.recording().id())) {
                twice.incrementAndGet();
            }
            return CompletableFuture.completedFuture(null);
        });
        assertThat(twice).as("claimed twice").hasValue(0);
        row(
                "claims a second",
                claims,
                "claimed and loaded, " + ROWS + " due rows, " + WORKERS + " at once, one process");
        row("empty steps a second", steps, "claimed, loaded, stored and given back");
        row("claimed twice", twice.get() * MEASURED.toSeconds(), "of " + claims + " claims");
    }

    private static void row(String what, double count, String conditions) {
        System.out.printf("BENCH | %s | %.0f | %s%n", what, count / MEASURED.toSeconds(), conditions);
    }

    private void fill() {
        pool.query("""
                insert into recording (id, event_id, room_id, low_latency, layout, requested_by, requested_at, state, since,
                  tries, stays_version, planned_version)
                select gen_random_uuid(), 'bench', 'r' || n, false, 'grid', 'mod', now(), 'RECORDING', now(), 0, 0, 0
                from generate_series(1, %d) n""".formatted(ROWS)).executeAndAwait();
        pool.query("insert into work (recording_id, next_at, woken, fence) select id, now(), false, 0 from recording"
                        + " where event_id = 'bench'")
                .executeAndAwait();
        pool.query("analyze").executeAndAwait();
    }

    private void makeDue() {
        pool.query("update work set next_at = now(), leased_until = null").executeAndAwait();
    }

    /** Claims in parallel for a time; answers how many. */
    private int rate(Duration length, Function<Claim, CompletableFuture<?>> then) {
        AtomicInteger count = new AtomicInteger();
        long end = System.nanoTime() + length.toNanos();
        CompletableFuture.allOf(IntStream.range(0, WORKERS)
                        .mapToObj(worker -> loop(end, count, then))
                        .toArray(CompletableFuture[]::new))
                .join();
        return count.get();
    }

    private CompletableFuture<Void> loop(long end, AtomicInteger count, Function<Claim, CompletableFuture<?>> then) {
        return System.nanoTime() >= end
                ? CompletableFuture.completedFuture(null)
                : store.claim("bench", LEASE)
                        .thenCompose((Optional<Claim> claim) -> {
                            claim.ifPresent(found -> count.incrementAndGet());
                            return claim.isPresent()
                                    ? then.apply(claim.get())
                                    : CompletableFuture.completedFuture(null);
                        })
                        .thenCompose(done -> loop(end, count, then))
                        .toCompletableFuture();
    }

    /** As after a look that found nothing new: due again at once, behind the others. */
    private CompletableFuture<?> released(Claim claim) {
        Recording recording = claim.recording();
        Instant now = Instant.now();
        Progress progress = new Progress(
                RecordingState.RECORDING,
                null,
                now,
                now,
                0,
                recording.progress().times());
        Recording next =
                new Recording(recording.spec(), progress, recording.inputs(), null, List.of(), List.of(), List.of());
        return store.saveAndRelease(claim, new Transition(next, null, List.of()))
                .toCompletableFuture();
    }
}
