package com.eventuall.yjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventuall.yjs.lib0.YjsFormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocTest {

    @Test
    void ofTwoValuesSetAtTheSameTimeTheHigherClientsStays() {
        Doc low = new Doc(() -> 1);
        Doc high = new Doc(() -> 2);
        low.getMap("m").set("k", "low");
        high.getMap("m").set("k", "high");
        exchange(low, high);
        assertThat(low.getMap("m").get("k")).isEqualTo("high");
        assertThat(high.getMap("m").get("k")).isEqualTo("high");
        assertThat(low.getMap("m").id("k")).isEqualTo(new Id(2, 0));
    }

    /** Found by random seeds against real yjs: the place of the empty deletion lies within a surrogate pair. */
    @Test
    void deletingNothingSplitsNothing() {
        Doc doc = new Doc(() -> 1);
        doc.getText("t").insert(0, "a😀b");
        byte[] before = doc.encodeStateAsUpdate();
        doc.getText("t").delete(2, 0);
        assertThat(doc.getText("t").toString()).isEqualTo("a😀b");
        assertThat(doc.encodeStateAsUpdate()).isEqualTo(before);
    }

    @Test
    void deletingANestedMapTakesConcurrentEditsInsideItDownWithIt() {
        Doc one = new Doc(() -> 1);
        Doc two = new Doc(() -> 2);
        one.getMap("m").setMap("user").set("list", "pending");
        exchange(one, two);
        one.getMap("m").delete("user");
        YMap user = two.getMap("m").getMap("user");
        assertThat(user).isNotNull();
        user.set("list", "live");
        exchange(one, two);
        assertThat(one.getMap("m").keys()).isEmpty();
        assertThat(two.getMap("m").keys()).isEmpty();
        assertThat(one.encodeStateAsUpdate()).isEqualTo(two.encodeStateAsUpdate());
    }

    @Test
    void anUpdateAheadOfAGapWaitsAndIsHandedOn() {
        Doc author = new Doc(() -> 1);
        List<byte[]> updates = new ArrayList<>();
        author.onUpdate(updates::add);
        author.getMap("m").set("a", 1);
        author.getMap("m").set("b", 2);
        Doc reader = new Doc(() -> 2);
        reader.applyUpdate(updates.get(1));
        assertThat(reader.hasPending()).isTrue();
        assertThat(reader.pendingBytes()).isPositive();
        assertThat(reader.getMap("m").keys()).isEmpty();

        Doc third = new Doc(() -> 3);
        third.applyUpdate(reader.encodeStateAsUpdate());
        third.applyUpdate(updates.get(0));
        assertThat(third.hasPending()).isFalse();
        assertThat(third.getMap("m").toJson()).isEqualTo(Map.of("a", 1L, "b", 2L));
    }

    @Test
    void aDeletionThatComesBeforeWhatItDeletesIsNotForgotten() {
        Doc author = new Doc(() -> 1);
        List<byte[]> updates = new ArrayList<>();
        author.onUpdate(updates::add);
        author.getMap("m").set("a", 1);
        author.getMap("m").delete("a");
        Doc reader = new Doc(() -> 2);
        reader.applyUpdate(updates.get(1));
        reader.applyUpdate(updates.get(1));
        reader.applyUpdate(updates.get(0));
        assertThat(reader.hasPending()).isFalse();
        assertThat(reader.getMap("m").keys()).isEmpty();
    }

    @Test
    void aTransactionIsOneUpdate() {
        Doc doc = new Doc(() -> 1);
        List<byte[]> updates = new ArrayList<>();
        doc.onUpdate(updates::add);
        doc.transact(() -> {
            doc.getMap("m").set("a", 1);
            doc.transact(() -> doc.getMap("m").set("b", 2));
        });
        doc.transact(() -> {});
        assertThat(updates).hasSize(1);
    }

    @Test
    void aMalformedUpdateChangesNothing() {
        Doc author = new Doc(() -> 1);
        author.getMap("m").set("a", 1);
        byte[] update = author.encodeStateAsUpdate();
        Doc reader = new Doc(() -> 2);
        byte[] brokenDeletions = update.clone();
        brokenDeletions[update.length - 1] = 1;
        assertThatThrownBy(() -> reader.applyUpdate(brokenDeletions)).isInstanceOf(YjsFormatException.class);
        assertThatThrownBy(() -> reader.applyUpdate(Arrays.copyOf(update, update.length + 1)))
                .isInstanceOf(YjsFormatException.class);
        assertThat(reader.stateVector()).isEqualTo(StateVector.EMPTY);
    }

    @Test
    void aClientIdSomebodyElseUsesIsGivenUp() {
        long[] ids = {7, 8};
        int[] next = {0};
        Doc doc = new Doc(() -> ids[next[0]++]);
        Doc twin = new Doc(() -> 7);
        twin.getMap("m").set("a", 1);
        doc.applyUpdate(twin.encodeStateAsUpdate());
        assertThat(doc.clientId()).isEqualTo(8);
    }

    @Test
    void depthIsNoDanger() {
        Doc author = new Doc(() -> 1);
        author.transact(() -> {
            YMap map = author.getMap("m");
            for (int depth = 0; depth < 100_000; depth++) {
                map = map.setMap("k");
            }
        });
        Doc reader = new Doc(() -> 2);
        reader.applyUpdate(author.encodeStateAsUpdate());
        assertThat(reader.getMap("m").toJson()).hasSize(1);
        author.getMap("m").delete("k");
        reader.applyUpdate(author.encodeStateAsUpdate());
        assertThat(reader.getMap("m").keys()).isEmpty();
        assertThat(reader.structCount()).isEqualTo(2);
    }

    @Test
    void aDeeplyNestedValueIsRefused() {
        byte[] nested = new byte[4000];
        int length = 0;
        for (byte b : new byte[] {1, 1, 1, 0, 8, 1, 1, 'm', 1}) {
            nested[length++] = b;
        }
        for (int depth = 0; depth < 1000; depth++) {
            nested[length++] = 117;
            nested[length++] = 1;
        }
        nested[length++] = 126;
        nested[length++] = 0;
        byte[] update = Arrays.copyOf(nested, length);
        assertThatThrownBy(() -> Updates.check(update))
                .isInstanceOf(YjsFormatException.class)
                .hasMessageContaining("nested");
    }

    @Test
    void halfOfASurrogatePairIsReplaced() {
        Doc one = new Doc(() -> 1);
        Doc two = new Doc(() -> 2);
        one.getText("t").insert(0, "😀");
        exchange(one, two);
        two.getText("t").insert(1, "x");
        exchange(one, two);
        assertThat(one.getText("t").toString())
                .isEqualTo("\ufffdx\ufffd")
                .isEqualTo(two.getText("t").toString());
    }

    @Test
    void aGrownArrayIsOneStruct() {
        Doc doc = new Doc(() -> 1);
        for (int i = 0; i < 100; i++) {
            doc.getArray("a").insert(i, i);
        }
        assertThat(doc.structCount()).isEqualTo(1);
        assertThat(doc.getArray("a").toJson()).hasSize(100).startsWith(0L, 1L);
        assertThatThrownBy(() -> doc.getArray("a").insert(101, "x")).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void twoSessionsWithOneIdMakeNoCopyDiffer() {
        Doc first = new Doc(() -> 7);
        first.getMap("m").set("k", 1L);
        Doc other = new Doc(() -> 9);
        other.getText("t").insert(0, "x");
        Doc secondWithTheSameId = new Doc(() -> 7);
        secondWithTheSameId.applyUpdate(other.encodeStateAsUpdate());
        secondWithTheSameId.getText("t").insert(1, "yz");

        Doc reader = new Doc(() -> 1);
        reader.applyUpdate(first.encodeStateAsUpdate());
        reader.applyUpdate(secondWithTheSameId.encodeStateAsUpdate(other.stateVector()));
        Doc copy = new Doc(() -> 2);
        copy.applyUpdate(reader.encodeStateAsUpdate());
        assertThat(copy.stateVector()).isEqualTo(reader.stateVector());
        assertThat(copy.getMap("m").toJson()).isEqualTo(reader.getMap("m").toJson());
        assertThat(copy.getText("t").toString()).isEqualTo(reader.getText("t").toString());
    }

    private static void exchange(Doc one, Doc two) {
        two.applyUpdate(one.encodeStateAsUpdate(two.stateVector()));
        one.applyUpdate(two.encodeStateAsUpdate(one.stateVector()));
    }
}
