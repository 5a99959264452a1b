package com.eventuall.recording.db;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Row of {@code stay}. */
@Entity
@Table(name = "stay")
@IdClass(StayEntity.Key.class)
@SuppressWarnings("NullAway.Init")
public class StayEntity extends PanacheEntityBase {
    @Id
    public String eventId;

    @Id
    public String roomId;

    @Id
    public String stayId;

    public String userId;
    public Instant enteredAt;
    public @Nullable Instant exitedAt;

    /** Primary key. */
    public record Key(String eventId, String roomId, String stayId) implements Serializable {}
}
