package com.eventuall.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.chat.VendorException.Kind;
import com.eventuall.contracts.RoomKey;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NamesAndWaitsTest {

    @Test
    void namesTellInstallationsRoomsAndRequestsApart() {
        ConversationNames names = new ConversationNames("prod");
        RoomKey room = new RoomKey("e1", "main");

        assertThat(names.ofRoom(room)).isEqualTo("prod:e1:main");
        assertThat(names.ofVetting(room, "q1")).isEqualTo("prod:e1:main:vetting:q1");
        assertThat(ConversationNames.isUsable("019ab2f4-7a10-7c3e-9d55-0a4be3f0c001"))
                .isTrue();
        assertThat(ConversationNames.isUsable("7:12")).isTrue();
        assertThat(ConversationNames.isUsable("")).isFalse();
        assertThat(ConversationNames.isUsable("a/b")).isFalse();
        assertThat(ConversationNames.isUsable("a?b")).isFalse();
        assertThat(ConversationNames.isUsable("x".repeat(129))).isFalse();
    }

    @Test
    void waitsGrowToALimitAndKeepToWhatTheVendorAsks() {
        Backoff backoff = new Backoff(RandomGenerator.getDefault());
        VendorException down = new VendorException(Kind.UNAVAILABLE, "down");
        VendorException busy = new VendorException(Kind.BUSY, "busy", Duration.ofSeconds(30));

        for (int attempts = 0; attempts < 100; attempts++) {
            assertThat(backoff.after(down, attempts)).isBetween(Duration.ofMillis(250), Backoff.LONGEST);
            assertThat(backoff.after(busy, attempts)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(41));
        }
        assertThat(backoff.after(down, 0)).isLessThanOrEqualTo(Backoff.FIRST);
    }
}
