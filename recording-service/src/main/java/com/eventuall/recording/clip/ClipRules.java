package com.eventuall.recording.clip;

import java.time.Duration;

/**
 * How generously clips are cut.
 *
 * @param padBefore kept before a person came on stage
 * @param padAfter kept after a person left
 * @param offset how much later than on stage a moment reaches the recording (browser, egress, encoder)
 * @param mergeGap two times on stage closer than this on the asset's time line become one clip
 * @param minLength less recorded time on stage than this makes no clip
 */
public record ClipRules(Duration padBefore, Duration padAfter, Duration offset, Duration mergeGap, Duration minLength) {

    public ClipRules {
        if (padBefore.isNegative() || padAfter.isNegative() || mergeGap.isNegative() || minLength.isNegative()) {
            throw new IllegalArgumentException("clip pads, gap and minimum must not be negative");
        }
    }
}
