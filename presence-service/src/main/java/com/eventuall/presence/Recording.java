package com.eventuall.presence;

import org.jspecify.annotations.Nullable;

/**
 * The room's newest recording.
 *
 * @param id the recording; ids sort by the time of their creation
 * @param status where it stands, lower case
 * @param startedAt epoch milliseconds of its first content; null before
 * @param playbackUrl where it can be watched; null while nowhere
 * @param reason why it failed or ended early; null where there is nothing to say
 */
public record Recording(
        String id,
        String status,
        @Nullable Long startedAt,
        @Nullable String playbackUrl,
        @Nullable String reason) {}
