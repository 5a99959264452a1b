package com.eventuall.recording;

import com.eventuall.recording.clip.ClipCalculator;
import java.time.Instant;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * The whole workflow as one function: recording, observation and time in; next recording, next call and facts out. It
 * remembers nothing, so any process can take the next step of any recording, and every step can be tested alone.
 *
 * <p>Whoever runs it stores the answered recording before making the answered call, and hands the call's outcome back
 * with the stored recording. A process that dies in between leaves an intent behind, from which the next one goes on.
 */
public final class RecordingMachine {

    private final RecordingRules rules;
    private final DoubleSupplier random;
    private final StartPhase start;
    private final LivePhase live;
    private final EndPhase end = new EndPhase();
    private final ClipPhase clips;

    /**
     * @param rules times and limits
     * @param calculator cuts the clips
     * @param ids makes clip ids
     * @param random numbers from 0 to 1, for jitter only
     */
    public RecordingMachine(
            RecordingRules rules, ClipCalculator calculator, Supplier<UUID> ids, DoubleSupplier random) {
        this.rules = rules;
        this.random = random;
        EgressSteps egress = new EgressSteps();
        this.start = new StartPhase(egress);
        this.live = new LivePhase(egress);
        this.clips = new ClipPhase(calculator, ids);
    }

    /** The next step of a recording. Never blocks, never throws for anything a vendor may say. */
    public Transition next(Recording recording, Observation observation, Instant now) {
        Turn turn = new Turn(recording, now, rules, random);
        return switch (recording.state()) {
            case REQUESTED -> start.requested(turn, observation);
            case CREATING_STREAM -> start.creatingStream(turn, observation);
            case STARTING_EGRESS -> live.starting(turn, observation);
            case RECORDING -> live.recording(turn, observation);
            case STOPPING -> end.stopping(turn, observation);
            case ASSET_PENDING -> end.assetPending(turn, observation);
            case CLIPPING -> clips.clipping(turn, observation);
            case READY, FAILED -> clips.afterwards(turn, observation);
            case CANCELLED -> turn.never();
        };
    }
}
