package com.eventuall.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.yjs.Doc;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueueDocumentTest {

    private final QueueDocument queue = new QueueDocument(new Doc(() -> 7));

    @BeforeEach
    void threeAsk() {
        List.of("a", "b", "c").forEach(user -> queue.request(user, user, 1, "ticket of " + user));
    }

    @Test
    void peopleWaitInTheOrderOfTheirRequests() {
        assertThat(pending()).containsExactly("a", "b", "c");
        assertThat(queue.request("a", "a", 2, "again")).isFalse();
    }

    @Test
    void movingInsideAListWritesOneRank() {
        int before = queue.doc().structCount();
        assertThat(queue.moveToIndex("c", 0)).isTrue();
        assertThat(pending()).containsExactly("c", "a", "b");
        assertThat(queue.moveToIndex("c", 0)).isFalse();
        assertThat(queue.moveToIndex("a", 99)).isTrue();
        assertThat(pending()).containsExactly("c", "b", "a");
        assertThat(queue.doc().structCount() - before).isLessThanOrEqualTo(2);
    }

    @Test
    void backOnTheListMeansAtItsEnd() {
        queue.moveTo(Place.LIVE, "a");
        assertThat(queue.view().live()).extracting(QueueEntry::userId).containsExactly("a");
        queue.moveTo(Place.PENDING, "a");
        assertThat(pending()).containsExactly("b", "c", "a");
    }

    @Test
    void equalRanksAreWidened() {
        queue.doc().getMap("queue").getMap("b").set("rank.pending", rankOf("a"));
        assertThat(pending()).containsExactly("a", "b", "c");
        queue.moveToIndex("c", 1);
        assertThat(pending()).containsExactly("a", "b", "c");
        assertThat(queue.view().flaws()).isEmpty();
    }

    @Test
    void foreignRanksAreRankedAnewWhenNeeded() {
        queue.doc().getMap("queue").getMap("a").set("rank.pending", "0");
        queue.doc().getMap("queue").getMap("b").set("rank.pending", "00");
        assertThat(pending()).containsExactly("a", "b", "c");
        queue.moveToIndex("c", 1);
        assertThat(pending()).containsExactly("a", "c", "b");
    }

    @Test
    void longRanksAreShortened() {
        IntStream.range(0, 600).forEach(i -> queue.moveToIndex(i % 2 == 0 ? "c" : "b", 1));
        assertThat(rankOf("c").length() + rankOf("b").length()).isGreaterThan(QueueDocument.LONG_RANK);
        List<String> before = pending();
        assertThat(queue.shortenRanks(Place.PENDING)).isTrue();
        assertThat(pending()).isEqualTo(before);
        assertThat(rankOf("c")).hasSizeLessThan(5);
        assertThat(queue.shortenRanks(Place.PENDING)).isFalse();
    }

    private List<String> pending() {
        return queue.view().pending().stream().map(QueueEntry::userId).toList();
    }

    private String rankOf(String userId) {
        return String.valueOf(queue.doc().getMap("queue").getMap(userId).get("rank.pending"));
    }
}
