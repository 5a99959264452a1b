package com.eventuall.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
    @Test
    void roomKeyIsReadBackFromItsText() {
        RoomKey room = new RoomKey("summer-2026", "main_stage");
        assertThat(room.key()).isEqualTo("summer-2026:main_stage");
        assertThat(RoomKey.parse(room.key())).isEqualTo(room);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a:b", "a|b", "{a}", "ä", "a\n"})
    void scopeIdsKeepToTheirAlphabet(String value) {
        assertThatThrownBy(() -> Ids.eventId(value)).isInstanceOf(InvalidIdException.class);
        assertThatThrownBy(() -> Ids.roomId(value)).isInstanceOf(InvalidIdException.class);
    }

    @Test
    void lengthsAreBounded() {
        assertThat(Ids.eventId("e".repeat(64))).hasSize(64);
        assertThatThrownBy(() -> Ids.eventId("e".repeat(65))).isInstanceOf(InvalidIdException.class);
        assertThat(Ids.userId("u".repeat(128))).hasSize(128);
        assertThatThrownBy(() -> Ids.userId("u".repeat(129))).isInstanceOf(InvalidIdException.class);
    }

    @Test
    void userIdsMayBeMailAddresses() {
        assertThat(Ids.userId("ann.b@example.org")).isEqualTo("ann.b@example.org");
        assertThatThrownBy(() -> Ids.userId("ann b")).isInstanceOf(InvalidIdException.class);
    }

    @Test
    void anErrorNeverRepeatsTheBadValue() {
        assertThatThrownBy(() -> Ids.userId("<script>")).hasMessageNotContaining("script");
    }
}
