package com.eventuall.presence;

import com.eventuall.contracts.RoomKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a room wants changed to the store, one batch at a time: while one is on its way the next gathers. About each
 * socket only the newest word is kept, and it is said again until the store has answered; so what waits is bounded by the
 * number of sockets, and a store that was away is told the truth of now when it is back.
 */
final class Announcer {
    /** Operations in one batch; keeps the store's atomic step at a few milliseconds. */
    private static final int MAX_BATCH = 500;
    /** Requests that may wait for the store; beyond it they are refused. */
    private static final int MAX_REQUESTS = 1000;

    private static final long RETRY_MILLIS = 250;
    /** Between two batches of a room, so that a storm of joins does not become one of scripts. */
    private static final long SPACING_MILLIS = 5;

    /** A change asked for by a caller who waits for the answer. */
    private record Request(RoomOp op, CompletableFuture<ApplyReply> answer) {}

    /** What a batch on its way is made of. */
    private record Sent(Map<String, RoomOp> words, List<Request> requests) {}

    private final RoomKey room;
    private final RoomStore store;
    private final Node node;
    private final Timers timers;
    private final LiveRoom owner;
    private Map<String, RoomOp> words = new LinkedHashMap<>();
    private final List<Request> requests = new ArrayList<>();
    private boolean busy;
    private boolean suspended;

    Announcer(RoomKey room, RoomStore store, Node node, Timers timers, LiveRoom owner) {
        this.room = room;
        this.store = store;
        this.node = node;
        this.timers = timers;
        this.owner = owner;
    }

    /** The newest word about a socket. */
    void say(String connectionId, RoomOp op) {
        words.remove(connectionId);
        words.put(connectionId, op);
        pump();
    }

    /** A change whose outcome the caller is told; fails if the store does not answer. */
    CompletionStage<ApplyReply> request(RoomOp op) {
        CompletableFuture<ApplyReply> answer = new CompletableFuture<>();
        if (requests.size() >= MAX_REQUESTS) {
            answer.completeExceptionally(new StoreUnavailableException());
            return answer;
        }
        requests.add(new Request(op, answer));
        pump();
        return answer;
    }

    boolean isIdle() {
        return !busy && words.isEmpty() && requests.isEmpty();
    }

    /** Holds everything back while the room is being recovered. */
    void suspend() {
        suspended = true;
    }

    void resume() {
        suspended = false;
        pump();
    }

    private void pump() {
        if (busy || suspended || (words.isEmpty() && requests.isEmpty())) {
            return;
        }
        busy = true;
        Sent sent = take();
        List<RoomOp> ops = new ArrayList<>(sent.words.values());
        sent.requests.forEach(request -> ops.add(request.op));
        Batch batch = new Batch(node.id(), node.nextBatch(), owner.standing(), node.freshEpoch(), false, ops);
        Answers.handle(store.apply(room, batch), (reply, failure) -> answered(sent, batch, reply, failure));
    }

    private Sent take() {
        Map<String, RoomOp> some = new LinkedHashMap<>();
        Iterator<Map.Entry<String, RoomOp>> rest = words.entrySet().iterator();
        while (rest.hasNext() && some.size() < MAX_BATCH) {
            Map.Entry<String, RoomOp> entry = rest.next();
            some.put(entry.getKey(), entry.getValue());
            rest.remove();
        }
        List<Request> asked = List.copyOf(requests.subList(0, Math.min(requests.size(), MAX_BATCH - some.size())));
        requests.subList(0, asked.size()).clear();
        return new Sent(some, asked);
    }

    private void answered(Sent sent, Batch batch, @Nullable ApplyReply reply, @Nullable Throwable failure) {
        if (reply == null || failure != null) {
            sent.requests.forEach(request -> request.answer.completeExceptionally(new StoreUnavailableException()));
            sayAgain(sent);
            rest(RETRY_MILLIS);
            return;
        }
        if (reply.outcome() == ApplyReply.Outcome.OK) {
            owner.acknowledged(batch);
            owner.applied(reply, sent.words.keySet());
            sent.requests.forEach(request -> request.answer.complete(reply));
            rest(SPACING_MILLIS);
            return;
        }
        sayAgain(sent);
        requests.addAll(0, sent.requests);
        owner.refused(reply, batch.node());
        rest(SPACING_MILLIS);
    }

    /** Words that were on their way come first again, unless something newer was said meanwhile. */
    private void sayAgain(Sent sent) {
        Map<String, RoomOp> all = new LinkedHashMap<>(sent.words);
        words.forEach((connectionId, newer) -> {
            all.remove(connectionId);
            all.put(connectionId, newer);
        });
        words = all;
    }

    private void rest(long millis) {
        timers.after(millis, () -> {
            busy = false;
            pump();
        });
    }
}
