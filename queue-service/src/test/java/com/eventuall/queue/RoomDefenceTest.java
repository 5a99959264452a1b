package com.eventuall.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.CloseCode;
import com.eventuall.yjs.Doc;
import com.eventuall.yjs.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What neither a store that forgets nor a moderator's browser gone wrong may do to a room. On simulated time. */
class RoomDefenceTest extends SimulatedRoom {

    @Test
    void theEndOfALogThatTheStoreLostIsGivenBack() {
        Room room = start(QueueSettings.DEFAULTS);
        List.of("a", "b").forEach(user -> edit(room, document -> document.request(user, user, 1, user)));
        Published before = store.published();
        edit(room, document -> document.moveTo(Place.LIVE, "a"));
        int facts = store.facts.size();

        store.loseLast(1, before);
        Simulation.Loop second = simulation.new Loop();
        Room other = start(second, QueueSettings.DEFAULTS);
        simulation.pass(5_000);

        assertThat(users(store.published().live())).containsExactly("a");
        assertThat(other.document().view()).isEqualTo(room.document().view());
        assertThat(store.facts).as("nothing happened to anybody").hasSize(facts);
        edit(room, document -> document.moveTo(Place.LIVE, "b"));
        assertThat(users(store.published().live())).containsExactly("a", "b");
    }

    @Test
    void updatesWithoutTheirBeginningKeepNobodyFromEditing() {
        Room room = start(QueueSettings.DEFAULTS);
        edit(room, document -> document.request("a", "a", 1, "a"));
        List<byte[]> updates = new ArrayList<>();
        Doc torn = new Doc();
        torn.onUpdate(updates::add);
        IntStream.range(0, 5).forEach(i -> torn.getText("notes").insert(0, "x".repeat(100_000)));
        updates.subList(1, 5).forEach(update -> loop.execute(() -> room.write(update)));
        simulation.pass(QueueSettings.DEFAULTS.maxPendingAge().toMillis() + 3_000);

        SimulatedBrowser honest = connect(room, "m1", true);
        honest.queue.moveTo(Place.LIVE, "a");
        simulation.pass(2_000);
        assertThat(honest.closed).isNull();
        assertThat(users(store.published().live())).containsExactly("a");
    }

    @Test
    void anOldDocumentIsNotHeardBehindTheCloseOfItsSocket() {
        Room room = start(QueueSettings.DEFAULTS.withMaxDocumentBytes(4_000));
        edit(room, document -> document.request("gone", "gone", 1, "gone"));
        SimulatedBrowser old = connect(room, "m1", true);
        old.leave(room);
        edit(room, document -> document.remove("gone"));
        edit(room, document -> document.request("a", "a", 1, "a"));
        IntStream.range(0, 300)
                .forEach(i -> edit(room, document -> document.moveTo(i % 2 == 0 ? Place.LIVE : Place.PENDING, "a")));
        simulation.pass(5_000);
        assertThat(room.scope().generation()).isGreaterThan(1);

        // Sends all it has before it looks at what the server says: its frames are there before its close is.
        TestSocket again = new TestSocket("m1", true);
        loop.execute(() -> {
            room.open(again);
            room.receive(again, new Message.SyncStep1(old.doc.stateVector()).encode());
            room.receive(again, new Message.SyncStep2(old.doc.encodeStateAsUpdate()).encode());
        });
        simulation.pass(2_000);
        assertThat(again.closed).isEqualTo(CloseCode.DOCUMENT_REPLACED);
        assertThat(room.document().view().pending())
                .extracting(QueueEntry::userId)
                .containsExactly("a");
    }

    @Test
    void whySomebodyLeftOnceIsNotToldOfAnotherTime() {
        Room owner = start(QueueSettings.DEFAULTS);
        edit(owner, document -> document.request("u", "u", 1, "first"));
        Simulation.Loop second = simulation.new Loop();
        Room other = start(second, QueueSettings.DEFAULTS);
        edit(owner, document -> document.remove("u"), Map.of("u", Causes.WITHDRAWN));
        edit(owner, document -> document.request("u", "u", 2, "second"));
        store.forget(owner);
        loop.kill();
        simulation.pass(10_000);

        second.execute(() -> other.edit(document -> document.remove("u"), Map.of()));
        simulation.pass(1_000);
        assertThat(store.facts)
                .filteredOn(StageFact.Withdrawn.class::isInstance)
                .extracting(fact -> ((StageFact.Withdrawn) fact).outcome())
                .containsExactly(Causes.WITHDRAWN, Causes.REMOVED);
    }

    @Test
    void whoeverIsTooManyIsTakenOutAgain() {
        Room room = start(QueueSettings.DEFAULTS);
        edit(room, document -> document.request("first", "first", 1, "first"));
        SimulatedBrowser moderator = connect(room, "m1", true);
        for (int part = 0; part < 11; part++) {
            int from = part * 500;
            moderator.doc.transact(() -> IntStream.range(from, from + 500)
                    .forEach(i ->
                            moderator.doc.getMap("queue").setMap("crowd" + i).set("list", "pending")));
            simulation.pass(1_000);
        }
        simulation.pass(120_000);
        assertThat(store.published().pending()).hasSize(QueueLimit.MAX_PEOPLE);
        assertThat(store.published().pending()).extracting(Waiting::userId).contains("first");
        assertThat(moderator.queue.view().size()).isEqualTo(QueueLimit.MAX_PEOPLE);
    }
}
