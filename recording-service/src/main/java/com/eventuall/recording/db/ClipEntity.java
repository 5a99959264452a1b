package com.eventuall.recording.db;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Row of {@code clip}. */
@Entity
@Table(name = "clip")
@SuppressWarnings("NullAway.Init")
public class ClipEntity extends PanacheEntityBase {
    @Id
    public UUID id;

    public UUID recordingId;
    public String userId;
    public String assetId;
    public long startMs;
    public long endMs;

    /** Stay ids, separated by spaces. */
    public String stayIds;

    public boolean degraded;
    public String state;
    public int attempt;
    public int tries;
    public @Nullable Instant intentAt;

    /** Mux id of the clip's own asset. */
    public @Nullable String externalId;

    public Instant dueAt;
    public @Nullable String reason;
    public @Nullable String playbackId;
}
