package com.eventuall.recording;

import org.jspecify.annotations.Nullable;

/**
 * The recording's own Mux live stream.
 *
 * @param id Mux id
 * @param key where the egress pushes to, {@code null} when what is stored cannot be decrypted any more
 * @param playbackId public playback id of the live picture, {@code null} when Mux gave none
 */
public record LiveStream(
        String id, @Nullable StreamKey key, @Nullable String playbackId) {}
