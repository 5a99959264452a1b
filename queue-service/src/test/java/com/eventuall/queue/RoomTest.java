package com.eventuall.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.CloseCode;
import com.eventuall.yjs.Doc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a room does on its own: repair, limit, loss of the store, a new generation. On simulated time. */
class RoomTest extends SimulatedRoom {

    @Test
    void badValuesAreReadAlikeAndRepairedOnce() {
        Room room = start(QueueSettings.DEFAULTS);
        SimulatedBrowser moderator = connect(room, "m1", true);
        moderator.doc.transact(() -> {
            moderator.doc.getMap("queue").setMap("nolist").set("name", "No List");
            moderator.doc.getMap("queue").set("nomap", "text");
            moderator.doc.getMap("queue").setMap("bad id!").set("list", "live");
            moderator.doc.getMap("queue").setMap("norank").set("list", "live");
        });
        simulation.pass(2_000);
        QueueView view = moderator.queue.view();
        assertThat(view.flaws()).isEmpty();
        assertThat(view.pending()).extracting(QueueEntry::userId).containsExactly("nolist");
        assertThat(view.live()).extracting(QueueEntry::userId).containsExactly("norank");
        assertThat(users(store.published().live())).containsExactly("norank");
    }

    @Test
    void whoIsNewestLosesWhenTheStageIsFull() {
        Room room = start(QueueSettings.DEFAULTS.withMaxLive(2));
        List.of("a", "b", "c", "d").forEach(user -> edit(room, document -> document.request(user, user, 1, user)));
        SimulatedBrowser one = connect(room, "m1", true);
        SimulatedBrowser two = connect(room, "m2", true);
        simulation.pass(1_000);
        one.queue.moveTo(Place.LIVE, "a");
        simulation.pass(1_000);
        one.queue.moveTo(Place.LIVE, "b");
        two.queue.moveTo(Place.LIVE, "c");
        two.queue.moveTo(Place.LIVE, "d");
        simulation.pass(3_000);
        assertThat(users(store.published().live())).hasSize(2).startsWith("a");
        assertThat(one.queue.view().live()).hasSize(2);
        assertThat(one.queue.view()).isEqualTo(two.queue.view());
        assertThat(store.facts.stream().filter(StageFact.Entered.class::isInstance))
                .hasSize(2);
    }

    @Test
    void connectedBrowsersAndReplicasGiveBackWhatTheStoreLost() {
        Room room = start(QueueSettings.DEFAULTS);
        SimulatedBrowser moderator = connect(room, "m1", true);
        List.of("a", "b").forEach(user -> edit(room, document -> document.request(user, user, 1, user)));
        edit(room, document -> document.moveTo(Place.LIVE, "a"));
        Published before = store.published();
        int facts = store.facts.size();
        store.lose();
        simulation.pass(5_000);
        assertThat(store.published().live()).isEqualTo(before.live());
        assertThat(store.published().pending()).isEqualTo(before.pending());
        assertThat(store.published().revision()).isGreaterThan(before.revision());
        assertThat(store.facts).as("nothing happened to anybody").hasSize(facts);
        edit(room, document -> document.moveTo(Place.LIVE, "b"));
        simulation.pass(1_000);
        assertThat(users(store.published().live())).containsExactly("a", "b");
        assertThat(moderator.queue.view().live()).hasSize(2);
    }

    @Test
    void aBrowserAloneGivesBackWhatStoreAndReplicasLost() {
        Room first = start(QueueSettings.DEFAULTS);
        SimulatedBrowser moderator = connect(first, "m1", true);
        edit(first, document -> document.request("a", "Ann", 1, "ticket"));
        moderator.leave(first);
        store.forget(first);
        loop.kill();
        store.lose();
        Simulation.Loop second = simulation.new Loop();
        Room room = start(second, QueueSettings.DEFAULTS);
        moderator.connect(room, second);
        simulation.pass(2_000);
        assertThat(store.published().pending()).extracting(Waiting::name).containsExactly("Ann");
    }

    @Test
    void aLargeDocumentBeginsANewGenerationWithTheSamePeople() {
        Room room = start(QueueSettings.DEFAULTS.withMaxDocumentBytes(4_000));
        SimulatedBrowser moderator = connect(room, "m1", true);
        List.of("a", "b").forEach(user -> edit(room, document -> document.request(user, user, 1, user)));
        edit(room, document -> document.moveTo(Place.LIVE, "b"));
        Stay stay = store.published().live().get(0);
        IntStream.range(0, 300)
                .forEach(i -> edit(room, document -> document.moveTo(i % 2 == 0 ? Place.LIVE : Place.PENDING, "a")));
        simulation.pass(5_000);
        assertThat(room.scope().generation()).isGreaterThan(1);
        assertThat(moderator.closed).isEqualTo(CloseCode.DOCUMENT_REPLACED);
        assertThat(room.document().doc().encodeStateAsUpdate().length).isLessThan(4_000);
        assertThat(store.published().live()).contains(stay);

        moderator.closed = null;
        moderator.connect(room, loop);
        simulation.pass(1_000);
        assertThat(moderator.closed)
                .as("an old document is not poured into the new one")
                .isEqualTo(CloseCode.DOCUMENT_REPLACED);
        SimulatedBrowser reloaded = connect(room, "m1", true);
        simulation.pass(1_000);
        assertThat(reloaded.queue.view()).isEqualTo(room.document().view());
    }

    @Test
    void editsWaitForAStoreThatIsAway() {
        Room room = start(QueueSettings.DEFAULTS);
        SimulatedBrowser one = connect(room, "m1", true);
        SimulatedBrowser two = connect(room, "m2", true);
        edit(room, document -> document.request("a", "a", 1, "a"));
        store.fail();
        one.queue.moveTo(Place.LIVE, "a");
        simulation.pass(4_000);
        assertThat(two.queue.view().live()).as("durable before visible").isEmpty();
        store.heal();
        simulation.pass(4_000);
        assertThat(two.queue.view().live()).hasSize(1);
    }

    @Test
    void nothingIsToldWhileAPartIsMissing() {
        Room room = start(QueueSettings.DEFAULTS);
        edit(room, document -> document.request("a", "a", 1, "a"));
        List<byte[]> updates = twoMovesOf(room, "a");
        loop.execute(() -> room.write(updates.get(1)));
        simulation.pass(1_000);
        assertThat(store.published().position()).isLessThan(room.position());
        loop.execute(() -> room.write(updates.get(0)));
        simulation.pass(1_000);
        assertThat(store.published().position()).isEqualTo(room.position());
        assertThat(users(store.published().live())).isEmpty();
        assertThat(store.facts).as("the move there and back is none").hasSize(1);
    }

    @Test
    void aPartThatNeverComesHoldsUpNothingForLong() {
        Room room = start(QueueSettings.DEFAULTS);
        edit(room, document -> document.request("a", "a", 1, "a"));
        byte[] incomplete = twoMovesOf(room, "a").get(1);
        loop.execute(() -> room.write(incomplete));
        simulation.pass(QueueSettings.DEFAULTS.maxPendingAge().toMillis() + 1_000);
        edit(room, document -> document.moveTo(Place.LIVE, "a"));
        simulation.pass(1_000);
        assertThat(users(store.published().live())).containsExactly("a");
    }

    @Test
    void whatWaitsForTheStoreIsBounded() {
        Room room = start(QueueSettings.DEFAULTS.withMaxDocumentBytes(4 << 20));
        SimulatedBrowser moderator = connect(room, "m1", true);
        store.fail();
        for (int i = 0; i < 25; i++) {
            moderator.doc.getText("notes").insert(0, "x".repeat(60_000));
        }
        simulation.pass(2_000);
        assertThat(moderator.closed).isEqualTo(CloseCode.TRY_LATER);
        assertThat(room.writer().unwrittenBytes()).isLessThanOrEqualTo(QueueSettings.DEFAULTS.maxUnwrittenBytes());
        store.heal();
        simulation.pass(5_000);
        moderator.closed = null;
        moderator.connect(room, loop);
        simulation.pass(5_000);
        assertThat(room.document().doc().getText("notes").length())
                .as("the browser has kept what was refused")
                .isEqualTo(25 * 60_000);
    }

    @Test
    void manyEditsInACrowdedRoomShareTheirFrames() {
        Room room = start(QueueSettings.DEFAULTS);
        IntStream.range(0, 200).forEach(i -> connect(room, "reader" + i, false));
        List<byte[]> updates = updatesOf(
                7,
                doc -> IntStream.range(0, 401).forEach(i -> doc.getText("notes").insert(i, "x")));

        loop.execute(() -> room.write(updates.get(0)));
        simulation.pass(25);
        assertThat(store.position()).as("the first one does not wait").isEqualTo(1);
        updates.subList(1, 401).forEach(update -> {
            loop.execute(() -> room.write(update));
            simulation.pass(1);
        });
        simulation.pass(100);
        assertThat(store.position()).as("one entry in 20 ms").isLessThan(1 + 400 / 20 + 5);
        assertThat(room.document().doc().getText("notes").length()).isEqualTo(401);
    }

    @Test
    void browsersTakeWhatTheServerTookOfUpdatesThatContradictEachOther() {
        Room room = start(QueueSettings.DEFAULTS);
        SimulatedBrowser moderator = connect(room, "m1", true);
        List<byte[]> honest = updatesOf(7, doc -> {
            doc.getText("notes").insert(0, "a");
            doc.getText("notes").insert(1, "b");
        });
        byte[] unknown =
                updatesOf(99, doc -> doc.getText("other").insert(0, "z")).get(0);
        List<byte[]> forged = updatesOf(7, doc -> {
            doc.getText("notes").insert(0, "a");
            doc.applyUpdate(unknown);
            doc.getText("other").insert(1, "q");
        });
        byte[] before = updatesOf(5, doc -> doc.getMap("x").set("k", 1)).get(0);
        loop.execute(() ->
                List.of(before, honest.get(0), forged.get(2), honest.get(1)).forEach(room::write));
        simulation.pass(1_000);
        assertThat(store.position()).as("the last three went together").isEqualTo(2);
        assertThat(room.document().doc().getText("notes").toString()).isEqualTo("ab");
        assertThat(moderator.doc.getText("notes").toString()).isEqualTo("ab");
    }

    private static List<byte[]> updatesOf(long client, Consumer<Doc> edits) {
        Doc doc = new Doc(() -> client);
        List<byte[]> updates = new ArrayList<>();
        doc.onUpdate(updates::add);
        edits.accept(doc);
        return updates;
    }

    /** Updates of somebody who brings a person on stage and back again. */
    private static List<byte[]> twoMovesOf(Room room, String user) {
        Doc doc = new Doc();
        doc.applyUpdate(room.document().doc().encodeStateAsUpdate());
        List<byte[]> updates = new ArrayList<>();
        doc.onUpdate(updates::add);
        QueueDocument queue = new QueueDocument(doc);
        queue.moveTo(Place.LIVE, user);
        queue.moveTo(Place.PENDING, user);
        return updates;
    }

    @Test
    void anIdleRoomLeavesMemory() {
        Room room = start(QueueSettings.DEFAULTS);
        edit(room, document -> document.request("a", "a", 1, "a"));
        assertThat(room.retireIfIdle()).isFalse();
        simulation.pass(40_000);
        assertThat(room.retireIfIdle()).isTrue();
    }
}
