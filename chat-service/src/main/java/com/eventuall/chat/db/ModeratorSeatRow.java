package com.eventuall.chat.db;

import com.eventuall.chat.VettingStore.ModeratorSeat;
import com.eventuall.chat.VettingStore.Person;
import com.eventuall.contracts.RoomKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A row of {@code vetting_seat}. */
@Entity
@Table(name = "vetting_seat")
@IdClass(ModeratorSeatRow.Key.class)
public class ModeratorSeatRow {
    @Id
    @Column(name = "moderator_id")
    String moderatorId = "";

    @Id
    @Column(name = "conversation_sid")
    String conversationSid = "";

    String room = "";

    @Column(name = "user_id")
    String userId = "";

    @Column(name = "seated_at")
    long seatedAt;

    ModeratorSeat seat() {
        return new ModeratorSeat(moderatorId, new Person(RoomKey.parse(room), userId), conversationSid);
    }

    /** What identifies a row. */
    public record Key(String moderatorId, String conversationSid) implements Serializable {}
}
