package com.eventuall.recording;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step: store {@code recording} and {@code facts} together, and only then make the call.
 *
 * @param recording the new state
 * @param call what to do next, {@code null} to look again at {@link Progress#nextAt()}
 * @param facts what to tell others
 */
public record Transition(Recording recording, @Nullable Call call, List<Fact> facts) {

    public Transition {
        facts = List.copyOf(facts);
    }
}
