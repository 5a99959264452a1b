package com.eventuall.recording.db;

import com.eventuall.contracts.RoomKey;
import com.eventuall.recording.Clip;
import com.eventuall.recording.Recording;
import com.eventuall.recording.RecordingSpec;
import com.eventuall.recording.Recordings;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.mutiny.Mutiny;

/** What people ask for, in PostgreSQL. */
public final class PostgresRecordings implements Recordings {
    private static final String LIVE = "eventId = ?1 and roomId = ?2 and stopRequestedAt is null"
            + " and state in ('REQUESTED', 'CREATING_STREAM', 'STARTING_EGRESS', 'RECORDING')";
    private static final int PAGE = 100;

    private final Transactions transactions;
    private final RecordingRows rows;
    private final RecordingMapper mapper;
    private final Clock clock;
    private final Runnable workAdded;
    private final WorkTable work = new WorkTable();

    /** @param workAdded told after a commit that brought work, so that it begins at once */
    PostgresRecordings(
            Transactions transactions, RecordingRows rows, RecordingMapper mapper, Clock clock, Runnable workAdded) {
        this.transactions = transactions;
        this.rows = rows;
        this.mapper = mapper;
        this.clock = clock;
        this.workAdded = workAdded;
    }

    @Override
    public CompletionStage<Recording> start(RecordingSpec spec) {
        return transactions
                .run(session -> live(spec.room())
                        .chain(live -> live.isPresent() ? Uni.createFrom().item(live.get()) : insert(session, spec)))
                // Two starts at once: the index lets one through, the other finds it.
                .onFailure(PersistenceException.class)
                .recoverWithUni(lost -> transactions.run(session -> live(spec.room())
                        .map(live -> live.orElseThrow(() -> new IllegalStateException("cannot start", lost)))))
                .invoke(workAdded)
                .subscribeAsCompletionStage();
    }

    private Uni<Optional<Recording>> live(RoomKey room) {
        return RecordingEntity.<RecordingEntity>list(LIVE, room.eventId(), room.roomId())
                .chain(rows::all)
                .map(found -> found.stream().findFirst());
    }

    private Uni<Recording> insert(Mutiny.Session session, RecordingSpec spec) {
        Recording recording = Recording.requested(spec);
        RecordingEntity row = new RecordingEntity();
        row.id = spec.id();
        row.eventId = spec.room().eventId();
        row.roomId = spec.room().roomId();
        row.lowLatency = spec.lowLatency();
        row.layout = spec.layout();
        row.requestedBy = spec.requestedBy();
        row.requestedAt = spec.requestedAt();
        row.staysVersion = recording.inputs().staysVersion();
        mapper.write(recording, row);
        return row.persistAndFlush().chain(() -> work.add(session, spec.id())).replaceWith(recording);
    }

    @Override
    public CompletionStage<Optional<Recording>> stop(RoomKey room, UUID id) {
        return transactions
                .run(session -> rows.find(id).chain(found -> {
                    if (found == null || !found.spec().room().equals(room)) {
                        return Uni.createFrom().item(Optional.<Recording>empty());
                    }
                    return found.state().terminal() || found.stopRequested()
                            ? Uni.createFrom().item(Optional.of(found))
                            : askToStop(session, id).replaceWith(Optional.of(found));
                }))
                .invoke(workAdded)
                .subscribeAsCompletionStage();
    }

    /** The work row first, as the workflow does, or the two could wait for each other. */
    private Uni<Void> askToStop(Mutiny.Session session, UUID id) {
        return work.wake(session, id)
                .chain(() -> RecordingEntity.update(
                        "stopRequestedAt = ?1 where id = ?2 and stopRequestedAt is null", clock.instant(), id))
                .replaceWithVoid();
    }

    @Override
    public CompletionStage<Optional<Recording>> find(RoomKey room, UUID id) {
        return transactions
                .run(session -> rows.find(id))
                .map(found -> Optional.ofNullable(found)
                        .filter(recording -> recording.spec().room().equals(room)))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<List<Recording>> list(RoomKey room) {
        return transactions
                .run(session -> RecordingEntity.<RecordingEntity>find(
                                "eventId = ?1 and roomId = ?2",
                                Sort.descending("requestedAt"),
                                room.eventId(),
                                room.roomId())
                        .page(0, PAGE)
                        .list()
                        .chain(rows::all))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Optional<Clip>> retryClip(RoomKey room, UUID id, UUID clipId) {
        return transactions
                .run(session -> rows.find(id)
                        .map(found -> Optional.ofNullable(found)
                                .filter(recording -> recording.spec().room().equals(room))
                                .flatMap(recording -> recording.clips().stream()
                                        .filter(clip -> clip.id().equals(clipId))
                                        .findFirst()))
                        .chain(clip -> retry(session, id, clip)))
                .invoke(workAdded)
                .subscribeAsCompletionStage();
    }

    private Uni<Optional<Clip>> retry(Mutiny.Session session, UUID id, Optional<Clip> clip) {
        if (clip.isEmpty() || clip.get().state() != Clip.State.FAILED) {
            return Uni.createFrom().item(clip);
        }
        Clip retried = clip.get().retried(clock.instant());
        // Whoever works on the recording at this moment holds the clip as it was: its next write must not come through.
        return work.takeAway(session, id)
                .chain(() -> ClipEntity.<ClipEntity>findById(clip.get().id()))
                // It may have been withdrawn since it was read; nobody can change it now.
                .call(session::refresh)
                .map(row -> {
                    boolean stillFailed = row.state.equals(Clip.State.FAILED.name());
                    if (stillFailed) {
                        mapper.write(id, retried, row);
                    }
                    return Optional.of(stillFailed ? retried : RecordingMapper.clip(row));
                });
    }
}
