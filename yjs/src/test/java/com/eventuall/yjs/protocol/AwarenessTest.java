package com.eventuall.yjs.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventuall.yjs.StateVector;
import com.eventuall.yjs.lib0.YjsFormatException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwarenessTest {

    private final AwarenessStates states = new AwarenessStates();

    @Test
    void aHigherClockReplacesALowerOneAndAFarewellAnEqualOne() {
        assertThat(states.apply(List.of(entry(1, 1, "{}")), 0)).hasSize(1);
        assertThat(states.apply(List.of(entry(1, 1, "{\"x\":1}")), 0)).isEmpty();
        assertThat(states.apply(List.of(entry(1, 0, "null")), 0)).isEmpty();
        assertThat(states.apply(List.of(entry(1, 1, "null")), 0)).hasSize(1);
        assertThat(states.present()).isEmpty();
        assertThat(states.apply(List.of(entry(1, 1, "{}")), 0)).as("late").isEmpty();
        assertThat(states.apply(List.of(entry(1, 2, "{}")), 0)).as("back").hasSize(1);
    }

    @Test
    void whoIsSilentFor30SecondsHasGone() {
        states.apply(List.of(entry(1, 0, "{}"), entry(2, 0, "{}")), 0);
        states.apply(List.of(entry(2, 1, "{}")), 15_000);
        assertThat(states.expire(29_999)).isEmpty();
        assertThat(states.expire(30_000)).containsExactly(entry(1, 0, "null"));
        assertThat(states.present()).containsExactly(entry(2, 1, "{}"));
        states.expire(60_000);
        states.expire(90_000);
        assertThat(states.size()).as("nothing is remembered for ever").isZero();
    }

    @Test
    void messagesComeBack() {
        for (Message message : List.of(
                new Message.SyncStep1(new StateVector(Map.of(1L << 52, 3L))),
                new Message.Awareness(List.of(entry(1, 2, "{\"a\":\"😀\"}"))),
                new Message.QueryAwareness(),
                new Message.PermissionDenied("read only"))) {
            assertThat(Message.decode(message.encode())).isEqualTo(message);
        }
        assertThat(new Message.Update(new byte[] {0, 0}).encode()).containsExactly(0, 2, 2, 0, 0);
        assertThatThrownBy(() -> Message.decode(new byte[] {9})).isInstanceOf(YjsFormatException.class);
        assertThatThrownBy(() -> Message.decode(new byte[] {0, 2, 2, 0, 0, 1})).isInstanceOf(YjsFormatException.class);
    }

    private static AwarenessEntry entry(long client, long clock, String state) {
        return new AwarenessEntry(client, clock, state);
    }
}
