package com.eventuall.recording.db;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Row of {@code effect}. */
@Entity
@Table(name = "effect")
@IdClass(EffectEntity.Key.class)
@SuppressWarnings("NullAway.Init")
public class EffectEntity extends PanacheEntityBase {
    @Id
    public UUID recordingId;

    @Id
    public String kind;

    @Id
    public int ordinal;

    public String state;
    public Instant intentAt;
    public @Nullable String externalId;

    /** Primary key. */
    public record Key(UUID recordingId, String kind, int ordinal) implements Serializable {}
}
