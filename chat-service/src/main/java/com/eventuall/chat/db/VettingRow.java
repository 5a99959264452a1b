package com.eventuall.chat.db;

import com.eventuall.chat.VettingStore.Person;
import com.eventuall.chat.vetting.Outcome;
import com.eventuall.chat.vetting.Phase;
import com.eventuall.chat.vetting.Vetting;
import com.eventuall.contracts.RoomKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of {@code vetting}. */
@Entity
@Table(name = "vetting")
public class VettingRow {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    String room = "";

    @Column(name = "user_id")
    String userId = "";

    @Column(name = "request_id")
    String requestId = "";

    @Enumerated(EnumType.STRING)
    Phase phase = Phase.REQUESTED;

    @Column(name = "conversation_sid")
    @Nullable
    String conversationSid;

    @Enumerated(EnumType.STRING)
    @Nullable
    Outcome outcome;

    boolean provisional;

    @Column(name = "requested_at")
    long requestedAt;

    @Column(name = "changed_at")
    long changedAt;

    @Column(name = "next_at")
    @Nullable
    Long nextAt;

    int attempts;

    static VettingRow of(Person person, String requestId) {
        VettingRow row = new VettingRow();
        row.room = person.room().key();
        row.userId = person.userId();
        row.requestId = requestId;
        return row;
    }

    Vetting vetting() {
        return new Vetting(requestId, phase, conversationSid, outcome, provisional, requestedAt, changedAt);
    }

    Person person() {
        return new Person(RoomKey.parse(room), userId);
    }

    /** Takes over what a rule said; {@code due} is when the next step is, null for none. */
    void set(Vetting vetting, @Nullable Long due) {
        phase = vetting.phase();
        conversationSid = vetting.conversationSid();
        outcome = vetting.outcome();
        provisional = vetting.provisional();
        requestedAt = vetting.requestedAt();
        changedAt = vetting.changedAt();
        nextAt = due;
        attempts = 0;
    }
}
