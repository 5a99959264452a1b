package com.eventuall.recording.clip;

import java.time.Duration;
import java.time.Instant;

/**
 * One recording session of an asset, as Mux reports it in {@code recording_times}.
 *
 * @param startedAt wall clock of its first frame
 * @param length how much of the asset's time line it fills
 * @param slate whether it shows a still picture because the encoder was away
 */
public record Segment(Instant startedAt, Duration length, boolean slate) {

    Instant endsAt() {
        return startedAt.plus(length);
    }
}
