package com.eventuall.recording;

import com.eventuall.contracts.RoomKey;
import com.eventuall.recording.clip.ClipWindow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the machine wants done next, always after its own new state is stored. Calls that make something ({@link
 * CreateStream}, {@link StartEgress}, {@link CreateClip}) have an intent stored with that state; all others may be
 * repeated without harm.
 */
public sealed interface Call {

    /** Make sure that the room exists at LiveKit. Answered by {@link Observation.RoomReady}. */
    record EnsureRoom(RoomKey room) implements Call {}

    /** Make the live stream. Answered by {@link Observation.StreamCreated}. */
    record CreateStream(String tag, boolean lowLatency) implements Call {}

    /** List the live streams with this tag. Answered by {@link Observation.StreamsFound}. */
    record FindStreams(String tag, Instant madeAfter) implements Call {}

    /** Start an egress of the room to the stream. Answered by {@link Observation.EgressStarted}. */
    record StartEgress(RoomKey room, String layout, StreamKey key) implements Call {}

    /** List the egresses of the room that push to this key. Answered by {@link Observation.EgressesFound}. */
    record FindEgresses(RoomKey room, StreamKey key) implements Call {}

    /** Look at an egress and its stream together. Answered by {@link Observation.Health}. */
    record CheckHealth(String egressId, String streamId) implements Call {}

    /** Stop an egress; one that ended already is a success. Answered by {@link Observation.EgressStopped}. */
    record StopEgress(String egressId) implements Call {}

    /** End the broadcast now; an absent stream is a success. Answered by {@link Observation.StreamCompleted}. */
    record CompleteStream(String streamId) implements Call {}

    /** Refuse encoders from now on; an absent stream is a success. Answered by {@link Observation.StreamDisabled}. */
    record DisableStream(String streamId) implements Call {}

    /** Delete a stream that never carried anything. Answered by {@link Observation.StreamDeleted}. */
    record DeleteStream(String streamId) implements Call {}

    /** List what Mux recorded of the stream. Answered by {@link Observation.AssetsListed}. */
    record ListAssets(String streamId) implements Call {}

    /** Read the room's stays between two moments from the store. Answered by {@link Observation.StaysLoaded}. */
    record LoadStays(RoomKey room, Instant from, Instant to) implements Call {}

    /** Cut a clip. Answered by {@link Observation.ClipCreated}. */
    record CreateClip(UUID clipId, String tag, ClipWindow window) implements Call {}

    /** List the assets with this tag. Answered by {@link Observation.ClipsFound}. */
    record FindClips(UUID clipId, String tag, Instant madeAfter) implements Call {}

    /** Look at a clip's asset. Answered by {@link Observation.ClipSeen}. */
    record ReadClip(UUID clipId, String assetId) implements Call {}

    /**
     * Delete a clip's asset that failed or is no longer wanted; an absent one is a success. Answered by {@link
     * Observation.ClipDeleted}.
     *
     * @param why why the try failed, {@code null} when the clip was withdrawn
     */
    record DeleteClip(UUID clipId, String assetId, @Nullable String why) implements Call {}
}
