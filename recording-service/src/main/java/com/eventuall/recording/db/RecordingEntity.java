package com.eventuall.recording.db;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** Row of {@code recording}. Updates name changed columns only: requests write some of them beside the workflow. */
@Entity
@Table(name = "recording")
@DynamicUpdate
@SuppressWarnings("NullAway.Init")
public class RecordingEntity extends PanacheEntityBase {
    @Id
    public UUID id;

    public String eventId;
    public String roomId;
    public boolean lowLatency;
    public String layout;
    public String requestedBy;
    public Instant requestedAt;
    public String state;
    public @Nullable String reason;
    public @Nullable String detail;
    public Instant since;
    public int tries;
    public @Nullable Instant startedAt;
    public @Nullable Instant endedAt;
    public @Nullable Instant troubleSince;
    public @Nullable Instant stopRequestedAt;
    public long staysVersion;
    public long plannedVersion;
    public @Nullable String streamId;
    public byte @Nullable [] streamKey;
    public @Nullable String playbackId;
}
