package com.eventuall.sandbox.mux;

import java.time.Duration;

/**
 * How long Mux takes.
 *
 * @param recording from an encoder's connection to the first recorded frame
 * @param active from there until the stream can be watched
 * @param finish from the end of a broadcast to its final asset
 * @param clip to make a clip
 */
public record MuxTimings(Duration recording, Duration active, Duration finish, Duration clip) {
    /** Quick enough for tests and demonstrations; the real ones take 10 s and more. */
    public static final MuxTimings QUICK = new MuxTimings(
            Duration.ofMillis(50), Duration.ofMillis(250), Duration.ofMillis(400), Duration.ofMillis(300));
}
