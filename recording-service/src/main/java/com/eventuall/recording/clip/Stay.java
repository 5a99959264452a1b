package com.eventuall.recording.clip;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One continuous time on stage.
 *
 * @param id unique within a room
 * @param userId who
 * @param enteredAt by the queue's clock
 * @param exitedAt by the queue's clock, {@code null} while still on stage
 */
public record Stay(
        String id,
        String userId,
        Instant enteredAt,
        @Nullable Instant exitedAt) {}
