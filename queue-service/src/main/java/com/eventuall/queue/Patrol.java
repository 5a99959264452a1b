package com.eventuall.queue;

import com.eventuall.contracts.RoomKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Looks after what no socket drives: people who are gone for longer than their grace leave the queue, and rooms whose last
 * replica died between an edit and its announcement are announced.
 */
public final class Patrol {

    /**
     * People come on one topic and go on another, and nothing orders the two. After a disturbance it is read late that somebody
     * went, and that they came back a little later still; without this wait they would be removed in between.
     */
    private static final Duration LATE_NEWS = Duration.ofSeconds(5);

    /** What is older when it is read is late. */
    private static final Duration ON_TIME = Duration.ofSeconds(2);

    /** An announcement takes milliseconds; after this long nobody is at it. */
    private static final Duration UNANNOUNCED = Duration.ofSeconds(5);

    private final Rooms rooms;
    private final RoomStore store;
    private final PatrolStore patrol;
    private final Duration stageGrace;
    private final Duration requestGrace;
    private final Clock clock;

    /**
     * @param stageGrace how long somebody on stage may be gone
     * @param requestGrace how long somebody who waits may be gone
     */
    public Patrol(
            Rooms rooms, RoomStore store, PatrolStore patrol, Duration stageGrace, Duration requestGrace, Clock clock) {
        this.rooms = rooms;
        this.store = store;
        this.patrol = patrol;
        this.stageGrace = stageGrace;
        this.requestGrace = requestGrace;
        this.clock = clock;
    }

    /** Somebody has left a room. Remembered whoever they are: they may be called on stage while they are gone. */
    public CompletionStage<Void> gone(RoomKey room, String userId, long at) {
        long now = clock.millis();
        long due = at + shorter().toMillis();
        boolean late = now - at > ON_TIME.toMillis();
        return patrol.gone(room, userId, at, late ? Math.max(due, now + LATE_NEWS.toMillis()) : due);
    }

    /** Somebody has come to a room. */
    public CompletionStage<Void> back(RoomKey room, String userId, long at) {
        return patrol.back(room, userId, at);
    }

    /** One round. Completes when everything that was due is under way. */
    public CompletionStage<Void> round() {
        long now = clock.millis();
        return patrol.due(now, now - UNANNOUNCED.toMillis()).thenAccept(duty -> {
            duty.unannounced().forEach(room -> rooms.with(room, Room::touch));
            duty.absent().forEach(absent -> lookAt(absent, now));
        });
    }

    private void lookAt(PatrolStore.Absent absent, long now) {
        store.published(absent.room()).thenAccept(published -> decide(absent, published, now));
    }

    private void decide(PatrolStore.Absent absent, Published published, long now) {
        boolean live = published.live().stream().anyMatch(stay -> stay.userId().equals(absent.userId()));
        boolean waits = published.pending().stream()
                .anyMatch(request -> request.userId().equals(absent.userId()));
        long gone = now - absent.since();
        if (live && gone >= stageGrace.toMillis()) {
            remove(absent, Causes.DISCONNECTED);
        } else if (waits && gone >= requestGrace.toMillis()) {
            remove(absent, Causes.EXPIRED);
        } else if (gone >= longer().toMillis()) {
            patrol.forget(absent);
        } else {
            patrol.lookAgain(absent, Math.min(now + shorter().toMillis(), absent.since() + longer().toMillis()));
        }
    }

    /** Looked at again until it is announced: this process may die halfway. */
    private void remove(PatrolStore.Absent absent, String cause) {
        patrol.lookAgain(absent, clock.millis() + UNANNOUNCED.toMillis());
        rooms.edit(absent.room(), document -> document.remove(absent.userId()), Map.of(absent.userId(), cause));
    }

    private Duration shorter() {
        return stageGrace.compareTo(requestGrace) < 0 ? stageGrace : requestGrace;
    }

    private Duration longer() {
        return stageGrace.compareTo(requestGrace) < 0 ? requestGrace : stageGrace;
    }
}
