package com.eventuall.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.chat.RoomChats.Entry;
import com.eventuall.contracts.Role;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replicas share the stores and the vendor, and nothing in memory; so two cores over the same ports are two replicas. */
@QuarkusTest
class TwoReplicasTest extends ServiceTest {
    @Inject
    RoomStore store;

    @Inject
    Conversations conversations;

    @Inject
    SidDirectory directory;

    @Inject
    ConversationNames names;

    @Test
    void twentyFirstCallsAtOnceMakeOneConversation() {
        RoomChats one = new RoomChats(store, conversations, directory, names, Clock.systemUTC());
        RoomChats other = new RoomChats(store, conversations, directory, names, Clock.systemUTC());
        int before = twilio.calls("createConversation");
        List<Uni<Entry>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add((i % 2 == 0 ? one : other).enter(room, "user-" + i, Role.PARTICIPANT));
        }

        List<Entry> entries = Uni.join().all(calls).andCollectFailures().await().atMost(Duration.ofSeconds(20));

        String sid = entries.get(0).conversationSid();
        assertThat(entries).extracting(Entry::conversationSid).containsOnly(sid);
        assertThat(twilio.conversations(":" + room.key()))
                .singleElement()
                .satisfies(conversation ->
                        assertThat(conversation.getString("sid")).isEqualTo(sid));
        // Each replica may have tried once; the vendor's unique name let one of them win.
        assertThat(twilio.calls("createConversation") - before).isBetween(1, 2);
        assertThat(store.find(room).await().indefinitely()).contains(new RoomChat(room, RoomChat.Phase.OPEN, sid));
    }
}
