package com.eventuall.recording;

import com.eventuall.recording.clip.RecordedAsset;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A Mux asset as last seen.
 *
 * @param asset what we keep of it
 * @param tag its {@code passthrough}
 * @param sourceAssetId the asset it was clipped from, {@code null} for a recording
 * @param createdAt by Mux's clock, to the second
 */
public record AssetView(
        RecordedAsset asset, @Nullable String tag, @Nullable String sourceAssetId, Instant createdAt) {}
