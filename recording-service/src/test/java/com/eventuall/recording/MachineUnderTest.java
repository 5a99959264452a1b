package com.eventuall.recording;

import com.eventuall.recording.clip.ClipCalculator;
import com.eventuall.recording.clip.ClipRules;
import java.time.Duration;
import java.util.UUID;

/** The machine with the times of a usual installation, without pads and without chance. */
final class MachineUnderTest {
    /** How long Mux may keep an asset or a clip waiting. */
    static final Duration ASSET_TIMEOUT = Duration.ofHours(2);

    static final LiveStream STREAM = new LiveStream("LS1", new StreamKey("0123456789abcdef"), "PB1");

    static final RecordingRules RULES = new RecordingRules(
            new Tags("test"),
            new RecordingRules.Vendor(Duration.ofSeconds(30), Duration.ofSeconds(5)),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofHours(11),
            new RecordingRules.Assets(Duration.ofSeconds(60), ASSET_TIMEOUT, Duration.ofSeconds(5)),
            3);
    private static final ClipRules CLIPS =
            new ClipRules(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1));

    private MachineUnderTest() {}

    static RecordingMachine machine() {
        return new RecordingMachine(RULES, new ClipCalculator(CLIPS), UUID::randomUUID, () -> 0.5);
    }
}
