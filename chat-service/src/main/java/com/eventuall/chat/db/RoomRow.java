package com.eventuall.chat.db;

import com.eventuall.chat.RoomChat;
import com.eventuall.contracts.RoomKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of {@code chat_room}. */
@Entity
@Table(name = "chat_room")
public class RoomRow {
    @Id
    String room = "";

    @Enumerated(EnumType.STRING)
    RoomChat.Phase phase = RoomChat.Phase.OPEN;

    @Column(name = "conversation_sid")
    @Nullable
    String conversationSid;

    @Column(name = "changed_at")
    long changedAt;

    @Column(name = "next_at")
    @Nullable
    Long nextAt;

    int attempts;

    RoomChat chat() {
        return new RoomChat(RoomKey.parse(room), phase, conversationSid);
    }
}
