package com.eventuall.recording.db;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Row of {@code asset}. */
@Entity
@Table(name = "asset")
@IdClass(AssetEntity.Key.class)
@SuppressWarnings("NullAway.Init")
public class AssetEntity extends PanacheEntityBase {
    @Id
    public UUID recordingId;

    @Id
    public String id;

    public String status;
    public @Nullable String playbackId;
    public long durationMs;

    /** Sessions as {@code startedAtMillis+lengthMillis[s]}, separated by spaces; {@code s} marks slate. */
    public String segments;

    public @Nullable String error;

    /** Primary key. */
    public record Key(UUID recordingId, String id) implements Serializable {}
}
