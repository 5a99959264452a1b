package com.eventuall.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** One step being worked out: the recording so far and the facts gathered. Lives for one call of the machine. */
final class Turn {

    private final RecordingRules rules;
    private final DoubleSupplier random;
    private final Instant now;
    private final List<Fact> facts = new ArrayList<>();
    private Recording recording;

    /** @param random yields numbers from 0 to 1, for jitter only */
    Turn(Recording recording, Instant now, RecordingRules rules, DoubleSupplier random) {
        this.recording = recording;
        this.now = now;
        this.rules = rules;
        this.random = random;
    }

    Recording recording() {
        return recording;
    }

    RecordingRules rules() {
        return rules;
    }

    Instant now() {
        return now;
    }

    Progress progress() {
        return recording.progress();
    }

    Duration inState() {
        return Duration.between(progress().since(), now);
    }

    /** The stream; states that ask for it are entered only with one. */
    LiveStream stream() {
        LiveStream stream = recording.stream();
        if (stream == null) {
            throw new IllegalStateException("recording " + recording.id() + " has no stream in " + recording.state());
        }
        return stream;
    }

    /** Where egresses push to. No store hands out a recording that {@link Recording#lacksKey() lacks} it. */
    StreamKey streamKey() {
        StreamKey key = stream().key();
        if (key == null) {
            throw new IllegalStateException("recording " + recording.id() + " has no stream key");
        }
        return key;
    }

    Turn set(Recording next) {
        recording = next;
        return this;
    }

    Turn set(Progress next) {
        return set(recording.with(next));
    }

    Turn set(Effect effect) {
        return set(recording.with(effect));
    }

    Turn fact(Fact fact) {
        facts.add(fact);
        return this;
    }

    Turn to(RecordingState state) {
        return set(progress().enter(state, now));
    }

    Turn because(@Nullable Cause cause) {
        return set(progress().because(cause));
    }

    /** Ends the live part: no more than one reason is kept, the first fatal one or else the newest. */
    Transition stopping(@Nullable Cause cause) {
        set(progress().because(cause).ended(now));
        to(RecordingState.STOPPING);
        return fact(Fact.of(Fact.Kind.STOPPED)).again();
    }

    /** Ends the recording. */
    Transition finish(RecordingState terminal, Fact.Kind kind) {
        to(terminal).set(progress().wakeAt(null));
        return fact(Fact.of(kind)).step(null);
    }

    Transition fail(Cause cause) {
        return because(cause).finish(RecordingState.FAILED, Fact.Kind.FAILED);
    }

    /** One more failure in a row. */
    int tried() {
        int tries = progress().tries() + 1;
        set(progress().tried(tries));
        return tries;
    }

    Transition call(Call call) {
        // If this owner dies, the next one may take over as soon as the lease is free.
        set(progress().wakeAt(now));
        return step(call);
    }

    /** Go on at once, without a call. */
    Transition again() {
        return sleepUntil(now);
    }

    Transition sleep(Duration pause) {
        return sleepUntil(now.plus(pause));
    }

    Transition sleepUntil(Instant at) {
        set(progress().wakeAt(at));
        return step(null);
    }

    Transition never() {
        set(progress().wakeAt(null));
        return step(null);
    }

    /**
     * After the {@code tries}-th failure: full jitter over a doubling range, on top of what the vendor asked for, so that what
     * waited for it together does not come back together.
     */
    Duration backoff(int tries, Observation.@Nullable Failed failed) {
        Duration asked = failed == null ? null : failed.retryAfter();
        long range = Math.min(rules.assets().pollMax().toMillis(), 1000L << Math.min(tries, 6));
        long pause = 100 + (long) (random.getAsDouble() * range);
        return asked == null ? Duration.ofMillis(pause) : asked.plusMillis(pause);
    }

    /** A pause spread over ± 10 %. */
    Duration around(Duration pause) {
        return Duration.ofMillis((long) (pause.toMillis() * (0.9 + 0.2 * random.getAsDouble())));
    }

    private Transition step(@Nullable Call call) {
        return new Transition(recording, call, facts);
    }
}
