package com.eventuall.chat.db;

import com.eventuall.chat.RoomStore.Seat;
import com.eventuall.contracts.Role;
import com.eventuall.contracts.RoomKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A row of {@code chat_seat}. */
@Entity
@Table(name = "chat_seat")
@IdClass(SeatRow.Key.class)
public class SeatRow {
    @Id
    String room = "";

    @Id
    @Column(name = "user_id")
    String userId = "";

    @Enumerated(EnumType.STRING)
    Role role = Role.PARTICIPANT;

    @Column(name = "conversation_sid")
    String conversationSid = "";

    boolean joined;

    @Column(name = "next_at")
    @Nullable
    Long nextAt;

    int attempts;

    Seat seat() {
        return new Seat(RoomKey.parse(room), userId, role, conversationSid);
    }

    /** What identifies a row. */
    public record Key(String room, String userId) implements Serializable {}
}
