package com.eventuall.recording.db;

import com.eventuall.contracts.RoomKey;
import com.eventuall.recording.Inputs;
import com.eventuall.recording.Recording;
import com.eventuall.recording.RecordingStore;
import com.eventuall.recording.Transition;
import com.eventuall.recording.clip.Stay;
import com.eventuall.recording.db.WorkTable.Ticket;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** The workflow's store. Every write first locks its {@code work} row by fence, so a late owner writes nothing. */
public final class PostgresRecordingStore implements RecordingStore {
    private static final Logger LOG = Logger.getLogger(PostgresRecordingStore.class);

    private final Transactions transactions;
    private final RecordingRows rows;
    private final RecordingMapper mapper;
    private final FactEvents facts;
    private final Runnable factsStored;
    private final Runnable refused;
    private final WorkTable work = new WorkTable();

    /**
     * @param factsStored told after a commit that brought facts, so that they leave at once
     * @param refused told of every write that came after its lease had passed to another owner
     */
    PostgresRecordingStore(
            Transactions transactions,
            RecordingRows rows,
            RecordingMapper mapper,
            FactEvents facts,
            Runnable factsStored,
            Runnable refused) {
        this.transactions = transactions;
        this.rows = rows;
        this.mapper = mapper;
        this.facts = facts;
        this.factsStored = factsStored;
        this.refused = refused;
    }

    @Override
    public CompletionStage<Optional<Claim>> claim(String owner, Duration lease) {
        return claimUsable(owner, lease).subscribeAsCompletionStage();
    }

    /** One that cannot go on keeps its lease and holds up nobody else: the next one is taken. */
    private Uni<Optional<Claim>> claimUsable(String owner, Duration lease) {
        return transactions
                .run(session -> work.claim(session, owner, lease).chain(this::load))
                .chain(claim -> {
                    Optional<UUID> keyless = claim.map(Claim::recording)
                            .filter(Recording::lacksKey)
                            .map(Recording::id);
                    if (keyless.isEmpty()) {
                        return Uni.createFrom().item(claim);
                    }
                    LOG.warnf("Recording %s waits: no encryption key we have decrypts its stream key", keyless.get());
                    return claimUsable(owner, lease);
                });
    }

    private Uni<Optional<Claim>> load(Optional<Ticket> ticket) {
        return ticket.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : rows.find(ticket.get().recordingId())
                        .map(recording -> Optional.ofNullable(recording)
                                .map(found -> new Claim(found, ticket.get().fence())));
    }

    @Override
    public CompletionStage<Optional<Inputs>> save(Claim claim, Transition step, Duration lease) {
        // A step that goes on has a moment from which another owner may take over.
        Instant nextAt = Objects.requireNonNull(step.recording().progress().nextAt());
        return write(claim, step, (session, ticket) -> work.prolong(session, ticket, nextAt, lease));
    }

    @Override
    public CompletionStage<Optional<Inputs>> saveAndRelease(Claim claim, Transition step) {
        return write(
                claim,
                step,
                (session, ticket) -> work.release(
                        session, ticket, step.recording().progress().nextAt()));
    }

    private interface Fence {
        Uni<Boolean> check(Mutiny.Session session, Ticket ticket);
    }

    private CompletionStage<Optional<Inputs>> write(Claim claim, Transition step, Fence fence) {
        Recording recording = step.recording();
        Ticket ticket = new Ticket(recording.id(), claim.fence());
        Uni<Optional<Inputs>> written = transactions.run(session -> fence.check(session, ticket)
                .chain(ours -> ours
                        ? store(session, step).map(Optional::of)
                        : Uni.createFrom().item(Optional.<Inputs>empty())));
        return written.invoke(inputs -> {
                    if (inputs.isEmpty()) {
                        refused.run();
                    } else if (!step.facts().isEmpty()) {
                        factsStored.run();
                    }
                })
                .subscribeAsCompletionStage();
    }

    private Uni<Inputs> store(Mutiny.Session session, Transition step) {
        return rows.lock(step.recording().id())
                .chain(loaded -> rows.store(step.recording(), loaded)
                        .chain(() -> facts.append(session, step.recording(), step.facts()))
                        .map(done -> mapper.inputs(loaded.recording())));
    }

    @Override
    public CompletionStage<List<Stay>> stays(RoomKey room, Instant from, Instant to) {
        return read(() -> StayEntity.<StayEntity>list(
                        "eventId = ?1 and roomId = ?2 and enteredAt < ?3 and (exitedAt is null or exitedAt > ?4)",
                        room.eventId(),
                        room.roomId(),
                        to,
                        from)
                .map(found -> found.stream().map(mapper::stay).toList()));
    }

    @Override
    public CompletionStage<List<Recording>> load(Collection<UUID> ids) {
        return read(() -> RecordingEntity.<RecordingEntity>list("id in ?1", ids).chain(rows::all));
    }

    @Override
    public CompletionStage<List<Recording>> ofRoom(RoomKey room, Instant requestedAfter) {
        return read(() -> RecordingEntity.<RecordingEntity>list(
                        "eventId = ?1 and roomId = ?2 and requestedAt > ?3",
                        room.eventId(),
                        room.roomId(),
                        requestedAfter)
                .chain(rows::all));
    }

    private <T> CompletionStage<T> read(Supplier<Uni<T>> query) {
        return transactions.run(session -> query.get()).subscribeAsCompletionStage();
    }
}
