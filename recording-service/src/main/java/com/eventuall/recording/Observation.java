package com.eventuall.recording;

import com.eventuall.recording.clip.Stay;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the machine learns: that it was woken, or how its last {@link Call} went. */
public sealed interface Observation {

    /** The recording was claimed, or a step was stored without a call. */
    record Woken() implements Observation {}

    record RoomReady() implements Observation {}

    record StreamCreated(StreamView stream) implements Observation {}

    record StreamsFound(List<StreamView> streams) implements Observation {}

    record EgressStarted(EgressView egress) implements Observation {}

    record EgressesFound(List<EgressView> egresses) implements Observation {}

    /**
     * How the egress and the stream are.
     *
     * @param egress {@code null} if LiveKit could not be asked
     * @param stream {@code null} if Mux could not be asked
     * @param trouble why one of them could not be asked
     */
    record Health(
            @Nullable EgressView egress,
            @Nullable StreamView stream,
            @Nullable Failed trouble) implements Observation {}

    record EgressStopped() implements Observation {}

    record StreamCompleted() implements Observation {}

    record StreamDisabled() implements Observation {}

    record StreamDeleted() implements Observation {}

    record AssetsListed(List<AssetView> assets) implements Observation {}

    record StaysLoaded(List<Stay> stays) implements Observation {}

    record ClipCreated(UUID clipId, AssetView asset) implements Observation {}

    record ClipsFound(UUID clipId, List<AssetView> assets) implements Observation {}

    record ClipSeen(UUID clipId, AssetView asset) implements Observation {}

    record ClipDeleted(UUID clipId, @Nullable String why) implements Observation {}

    /**
     * The call did not succeed.
     *
     * @param call which
     * @param kind what that means for its effect
     * @param code short machine-readable word, such as {@code not_found} or {@code timeout}
     * @param retryAfter what the vendor asked for, if it did
     */
    record Failed(
            Call call,
            FailureKind kind,
            String code,
            @Nullable Duration retryAfter) implements Observation {}
}
