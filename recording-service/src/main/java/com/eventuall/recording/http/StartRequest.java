package com.eventuall.recording.http;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.platform.problem.ProblemException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to record.
 *
 * @param lowLatency whether the live picture should be as close to live as Mux can; false when absent
 * @param layout LiveKit template layout; {@code grid} when absent
 */
public record StartRequest(
        @Nullable Boolean lowLatency, @Nullable String layout) {
    static final StartRequest USUAL = new StartRequest(null, null);

    private static final String USUAL_LAYOUT = "grid";
    private static final Set<String> LAYOUTS = Set.of(
            "grid",
            "grid-light",
            "grid-dark",
            "speaker",
            "speaker-light",
            "speaker-dark",
            "single-speaker",
            "single-speaker-light",
            "single-speaker-dark");

    boolean wantsLowLatency() {
        return Boolean.TRUE.equals(lowLatency);
    }

    String wantedLayout() {
        if (layout == null) {
            return USUAL_LAYOUT;
        }
        if (!LAYOUTS.contains(layout)) {
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "layout must be one of LiveKit's own");
        }
        return layout;
    }
}
