package com.eventuall.recording;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What others write beside the machine: it reads these and never changes them, so nothing is lost when both write.
 *
 * @param stopRequestedAt when somebody asked to stop; may come in any state
 * @param staysVersion counts the stays of the room that became known while or after it was recorded
 * @param plannedVersion the {@code staysVersion} the clips were planned from, -1 before the first plan
 */
public record Inputs(@Nullable Instant stopRequestedAt, long staysVersion, long plannedVersion) {

    /** Nothing was asked for yet. */
    public static final Inputs NONE = new Inputs(null, 0, -1);

    /** Whether the clips do not reflect the stays known now. */
    public boolean replanDue() {
        return staysVersion != plannedVersion;
    }

    Inputs planned() {
        return new Inputs(stopRequestedAt, staysVersion, staysVersion);
    }
}
