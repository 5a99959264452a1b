package com.eventuall.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Tells the world what a document says: lists, stays and events, as the difference to what was told before. All replicas of
 * a room try; the store lets one of them through, the owner, and the others step back while it is alive. The owner also
 * repairs what no honest edit makes. Lives on the room's thread.
 */
final class Announcer {

    /** How long a replica that is not the owner waits before it looks whether the owner did its work. */
    static final Duration STEP_BACK = Duration.ofSeconds(1);

    /** What sockets edit is announced together with what comes shortly after it; REST callers do not wait for more. */
    private static final Duration PACE = Duration.ofMillis(50);

    private static final Duration RETRY = Duration.ofMillis(500);
    private static final int REMEMBERED_REPAIRS = 1_000;

    /** Each reads the whole document; the rest is repaired with the announcement of these. */
    private static final int REPAIRS_AT_ONCE = 100;

    private record Waiter(long position, CompletableFuture<Void> told) {}

    /** Why somebody was moved, by the entry that did it: told with it, and not of what happens to them later. */
    private record Cause(String cause, long position) {}

    private final Room room;
    private final String replica;
    private final StageLimit limit;
    private final Map<String, Cause> causes = new HashMap<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private final Set<String> repaired = Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, false) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED_REPAIRS;
        }
    });

    private Published base = Published.NOTHING;
    private boolean underWay;
    private boolean owner;
    private long stepBackUntil;
    private long announcedAt;
    private boolean pacing;
    private long pendingSince = -1;
    /** Of the last traced request that changed the document, with the entry's position. */
    private @Nullable String trace;

    private long tracedPosition;

    Announcer(Room room, String replica) {
        this.room = room;
        this.replica = replica;
        this.limit = new StageLimit(room.settings().maxLive());
    }

    Published base() {
        return base;
    }

    /** The room is loaded: this is what was told last. */
    void loaded(Published published) {
        base = published;
        causes.clear();
    }

    private void told(Published published) {
        base = published;
        causes.values().removeIf(cause -> cause.position <= published.position());
        settle();
    }

    private Map<String, String> causesByUser() {
        Map<String, String> byUser = new HashMap<>();
        causes.forEach((userId, cause) -> byUser.put(userId, cause.cause));
        return byUser;
    }

    /** Whether an announcement is newer than the last one known here. */
    boolean isNews(long revision, long position) {
        return position > base.position() || revision > base.revision();
    }

    /** Another replica has announced. */
    void heard(Published published) {
        if (isNews(published.revision(), published.position())) {
            told(published);
        }
    }

    /** Another replica has looked and found nothing new. */
    void heardNothingNew(long revision, long position) {
        if (revision == base.revision() && position > base.position()) {
            heard(new Published(revision, position, base.pending(), base.live()));
        }
    }

    /** The document has changed with the entry at this position. */
    void applied(LogEntry entry, long position) {
        if (position > base.position()) {
            entry.causes().forEach((userId, cause) -> causes.put(userId, new Cause(cause, position)));
            if (entry.trace() != null) {
                trace = entry.trace();
                tracedPosition = position;
            }
        }
        announce();
    }

    /** Completes when everything up to a log position is announced. */
    CompletableFuture<Void> whenAnnounced(long position) {
        Waiter waiter = new Waiter(position, new CompletableFuture<>());
        waiters.add(waiter);
        settle();
        return waiter.told;
    }

    /** Since when structs are missing; 0 if none are. */
    long pendingMillis() {
        return pendingSince < 0 ? 0 : room.loop().now() - pendingSince;
    }

    boolean isSettled() {
        return !underWay && base.position() >= room.position();
    }

    void announce() {
        boolean nothingToTell = base.position() >= room.position();
        if (underWay || !room.isReady() || !room.writer().isDocumentDurable() || nothingToTell || mustWait()) {
            return;
        }
        long early = announcedAt + PACE.toMillis() - room.loop().now();
        if (waiters.isEmpty() && early > 0) {
            announceIn(early);
            return;
        }
        QueueDocument document = room.document();
        QueueLimit.Result fitting = QueueLimit.apply(document.view(), base);
        StageLimit.Result limited = limit.applyTo(fitting.view(), base);
        StageDiff diff = StageDiff.between(base, limited.view(), causesByUser());
        RoomStore.Publication publication = new RoomStore.Publication(
                replica,
                base.revision(),
                room.position(),
                diff.changesLists(),
                diff.pending(),
                diff.live(),
                diff.facts(),
                tracedPosition > base.position() ? trace : null);
        underWay = true;
        room.store()
                .publish(room.key(), room.scope(), publication)
                .whenCompleteAsync(
                        (result, failure) -> {
                            underWay = false;
                            if (result == null) {
                                room.loop().later(RETRY, this::announce);
                            } else {
                                answered(result, limited, fitting.surplus());
                            }
                        },
                        room.loop());
    }

    private void answered(RoomStore.PublishResult result, StageLimit.Result limited, List<QueueEntry> tooMany) {
        switch (result.status()) {
            case DONE -> {
                if (!owner) {
                    owner = true;
                    room.meter().becameOwner();
                }
                announcedAt = room.loop().now();
                told(result.published());
                repair(limited, tooMany);
                room.replica().compactIfLarge();
                announce();
            }
            case NOT_OWNER -> {
                owner = false;
                stepBackUntil = room.loop().now() + STEP_BACK.toMillis();
                heard(result.published());
                long jitter = room.loop().random(STEP_BACK.toMillis() / 4);
                room.loop().later(STEP_BACK.plusMillis(jitter), this::announce);
            }
            case STALE -> {
                told(result.published());
                announce();
            }
            case OTHER_SCOPE -> room.replica().reload();
        }
    }

    private void announceIn(long millis) {
        if (!pacing) {
            pacing = true;
            room.loop().later(Duration.ofMillis(millis), () -> {
                pacing = false;
                announce();
            });
        }
    }

    /** While structs are missing a key may be gone that comes back at once, so nothing is told; but not for ever. */
    private boolean mustWait() {
        long now = room.loop().now();
        if (now < stepBackUntil) {
            return true;
        }
        if (!room.document().doc().hasPending()) {
            pendingSince = -1;
            return false;
        }
        long maxAge = room.settings().maxPendingAge().toMillis();
        if (pendingSince < 0) {
            pendingSince = now;
            room.loop().later(Duration.ofMillis(maxAge), this::announce);
        }
        return now - pendingSince < maxAge;
    }

    private void settle() {
        waiters.removeIf(waiter -> {
            boolean told = waiter.position <= base.position();
            if (told) {
                waiter.told.complete(null);
            }
            return told;
        });
    }

    /** Each flaw is repaired once: whoever makes it again makes a new one, and nobody fights over the same. */
    private void repair(StageLimit.Result limited, List<QueueEntry> tooMany) {
        limited.view().flaws().stream()
                .filter(flaw -> repaired.add(flaw.cause()))
                .limit(REPAIRS_AT_ONCE)
                .forEach(flaw -> room.editAsServer(document -> document.repair(flaw), Map.of()));
        if (!tooMany.isEmpty()) {
            room.editAsServer(
                    document ->
                            document.doc().transact(() -> tooMany.forEach(entry -> document.remove(entry.userId()))),
                    Map.of());
        }
        for (QueueEntry surplus : limited.surplus()) {
            if (repaired.add(surplus.userId() + " over the limit by " + surplus.listId())) {
                room.editAsServer(
                        document -> document.moveTo(Place.PENDING, surplus.userId()),
                        Map.of(surplus.userId(), Causes.LIMIT));
            }
        }
        for (Place place : Place.values()) {
            room.editAsServer(document -> document.shortenRanks(place), Map.of());
        }
    }
}
