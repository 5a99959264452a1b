package com.eventuall.queue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The step from what was announced to what the document says now. Entering and leaving alternate per person, and folding
 * all facts gives the live list, because a stay goes on as long as the same request is on stage in two announcements in a
 * row: how often {@code list} was written in between does not matter.
 */
final class StageDiff {

    private static final Set<String> WITHDRAWAL = Set.of(Causes.WITHDRAWN, Causes.EXPIRED);
    private static final Set<String> EXIT = Set.of(Causes.DISCONNECTED, Causes.LIMIT);

    private final Published base;
    private final Map<String, String> causes;
    private final List<Waiting> pending = new ArrayList<>();
    private final List<Stay> live = new ArrayList<>();
    private final List<StageFact> facts = new ArrayList<>();

    private StageDiff(Published base, Map<String, String> causes) {
        this.base = base;
        this.causes = causes;
    }

    /** @param causes by user id, why the server moved or removed somebody */
    static StageDiff between(Published base, QueueView view, Map<String, String> causes) {
        StageDiff diff = new StageDiff(base, causes);
        diff.list(view);
        diff.exits();
        diff.withdrawals();
        diff.requests();
        diff.entries();
        return diff;
    }

    List<Waiting> pending() {
        return pending;
    }

    List<Stay> live() {
        return live;
    }

    /** Exits first, then withdrawals, requests and entries: in this order they also make sense one by one. */
    List<StageFact> facts() {
        return facts;
    }

    boolean changesLists() {
        return !pending.equals(base.pending()) || !live.equals(base.live());
    }

    private void list(QueueView view) {
        Map<String, Stay> stays = new HashMap<>();
        base.live().forEach(stay -> stays.put(key(stay), stay));
        for (QueueEntry entry : view.live()) {
            Stay stay = stays.get(key(entry));
            live.add(stay == null ? Stay.begin(entry) : stay.continuedBy(entry));
        }
        view.pending().forEach(entry -> pending.add(Waiting.of(entry)));
    }

    private void exits() {
        Set<String> onStage = new HashSet<>();
        live.forEach(stay -> onStage.add(key(stay)));
        Set<String> waiting = new HashSet<>();
        pending.forEach(request -> waiting.add(key(request)));
        for (Stay stay : base.live()) {
            if (!onStage.contains(key(stay))) {
                String otherwise = waiting.contains(key(stay)) ? Causes.DEMOTED : Causes.REMOVED;
                facts.add(new StageFact.Exited(stay, cause(stay.userId(), EXIT, otherwise)));
            }
        }
    }

    private void withdrawals() {
        Set<String> here = new HashSet<>();
        pending.forEach(request -> here.add(key(request)));
        live.forEach(stay -> here.add(key(stay)));
        for (Waiting request : base.pending()) {
            if (!here.contains(key(request))) {
                facts.add(new StageFact.Withdrawn(request, cause(request.userId(), WITHDRAWAL, Causes.REMOVED)));
            }
        }
    }

    private void requests() {
        Set<String> known = new HashSet<>();
        base.pending().forEach(request -> known.add(key(request)));
        base.live().forEach(stay -> known.add(key(stay)));
        for (Waiting request : pending) {
            if (!known.contains(key(request))) {
                facts.add(new StageFact.Requested(request));
            }
        }
        for (Stay stay : live) {
            if (!known.contains(key(stay))) {
                facts.add(new StageFact.Requested(
                        new Waiting(stay.userId(), stay.name(), stay.requestedAt(), stay.requestId())));
            }
        }
    }

    private void entries() {
        for (Stay stay : live) {
            if (stay.enteredAt() == Stay.NOW) {
                facts.add(new StageFact.Entered(stay));
            }
        }
    }

    private String cause(String userId, Set<String> possible, String otherwise) {
        @Nullable String cause = causes.get(userId);
        return cause != null && possible.contains(cause) ? cause : otherwise;
    }

    /** A request id is unique, but moderators can write any; two people with one must not be mixed up. */
    static String key(String userId, String requestId) {
        return userId + ' ' + requestId;
    }

    static String key(QueueEntry entry) {
        return key(entry.userId(), entry.requestId());
    }

    static String key(Stay stay) {
        return key(stay.userId(), stay.requestId());
    }

    static String key(Waiting request) {
        return key(request.userId(), request.requestId());
    }
}
