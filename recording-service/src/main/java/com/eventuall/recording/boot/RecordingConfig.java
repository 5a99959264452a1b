package com.eventuall.recording.boot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Configuration of recording-service. */
@ConfigMapping(prefix = "recording")
public interface RecordingConfig {
    /** Key of stream keys at rest: 32 bytes in Base64, as from {@code openssl rand -base64 32}. */
    String encryptionKey();

    /** The key before, still accepted for reading while keys are rotated. */
    Optional<String> previousEncryptionKey();

    /** How long a process may work on a recording without a sign of life; more than the vendor timeout. */
    @WithDefault("60s")
    Duration lease();

    /** Hard limit of a call to LiveKit or Mux. */
    @WithDefault("30s")
    Duration vendorTimeout();

    /** How long after that limit an effect may still show up at the vendor. */
    @WithDefault("5s")
    Duration settle();

    /** How often orphans are looked for. */
    @WithDefault("60s")
    Duration sweepInterval();

    /** How often a running recording is looked at without any webhook. */
    @WithDefault("30s")
    Duration healthInterval();

    /** How long an egress may take to become active. */
    @WithDefault("60s")
    Duration startTimeout();

    /** Longest pause between two looks at an asset that is not final. */
    @WithDefault("60s")
    Duration assetPollMax();

    /** How long an asset or a clip may take to become final. */
    @WithDefault("2h")
    Duration assetTimeout();

    /** Longest recording; Mux itself ends at 12 h. */
    @WithDefault("11h")
    Duration maxDuration();

    /** How long Mux waits for a lost egress to be replaced before the asset ends; 60 s at least. */
    @WithDefault("120s")
    Duration reconnectWindow();

    /** How many recordings one process works on at once. */
    @WithDefault("16")
    int concurrency();

    /** How clips are cut. */
    Clip clip();

    /** How clips are cut. */
    interface Clip {
        /** Kept before a person came on stage. */
        @WithDefault("2s")
        Duration padBefore();

        /** Kept after a person left. */
        @WithDefault("1s")
        Duration padAfter();

        /** How much later than on stage a moment reaches the recording. */
        @WithDefault("2s")
        Duration offset();

        /** Two times on stage closer than this become one clip. */
        @WithDefault("2s")
        Duration mergeGap();

        /** Less recorded time on stage than this makes no clip. */
        @WithDefault("1s")
        Duration minLength();

        /** How long after the end stage events may still come in before clips are planned. */
        @WithDefault("5s")
        Duration stayGrace();
    }
}
