package com.eventuall.recording.clip;

import java.time.Duration;
import java.util.List;

/**
 * A range of an asset's time line that shows one person's time on stage.
 *
 * @param userId who
 * @param assetId from which asset
 * @param start from where, to the millisecond
 * @param end until where, greater than {@code start}, at most the asset's length
 * @param stayIds the stays it shows, ordered
 * @param degraded whether more than half of it is slate
 */
public record ClipWindow(
        String userId, String assetId, Duration start, Duration end, List<String> stayIds, boolean degraded) {

    public ClipWindow {
        stayIds = List.copyOf(stayIds);
    }

    /** How long the clip should be. */
    public Duration length() {
        return end.minus(start);
    }

    /** Whether both cut the same range of the same asset for the same person. */
    public boolean sameCut(ClipWindow other) {
        return userId.equals(other.userId)
                && assetId.equals(other.assetId)
                && start.equals(other.start)
                && end.equals(other.end);
    }
}
