package com.eventuall.queue;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.contracts.RoomKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@link RoomStore} in memory, on simulated time, with the failures of a network. One room. */
final class InMemoryRoomStore implements RoomStore {

    private static final long LEASE = 3_000;

    private final Simulation simulation;
    private double failures;
    private final Map<Room, Simulation.Link> replicas = new LinkedHashMap<>();

    /** Everything that was announced, in order. */
    final List<StageFact> facts = new ArrayList<>();

    final List<Published> announced = new ArrayList<>();
    private int epochs;
    private Scope scope = new Scope("0", 1);
    private long position;
    private long snapshotPosition;
    private byte[] snapshot = new byte[0];
    private final List<byte[]> log = new ArrayList<>();
    private Published published = Published.NOTHING;
    private String owner = "";
    private long ownerUntil;

    /** @param failures how likely an answer is lost, half of them after the step was made */
    InMemoryRoomStore(Simulation simulation, double failures) {
        this.simulation = simulation;
        this.failures = failures;
    }

    void follow(Room room) {
        replicas.put(room, simulation.new Link(30));
    }

    void forget(Room room) {
        Simulation.Link link = replicas.remove(room);
        if (link != null) {
            link.cut();
        }
    }

    /** The store loses everything, as one without persistence does in a restart. */
    void lose() {
        scope = new Scope(Integer.toString(++epochs), 1);
        position = 0;
        snapshotPosition = 0;
        snapshot = new byte[0];
        log.clear();
        published = Published.NOTHING;
        owner = "";
        ownerUntil = 0;
    }

    /** The store comes back without its last entries, as one does that fails over; what was announced is lost as well. */
    void loseLast(int entries, Published then) {
        position -= entries;
        log.subList(log.size() - entries, log.size()).clear();
        published = then;
    }

    /** From now on everything fails. */
    void fail() {
        failures = 1;
    }

    /** From now on nothing fails. */
    void heal() {
        failures = 0;
    }

    Published published() {
        return published;
    }

    long position() {
        return position;
    }

    @Override
    public CompletionStage<Loaded> load(RoomKey room, int generation, Scope known, long knownPosition) {
        return step(() -> {
            if (known.epoch().equals(scope.epoch()) && knownPosition > position) {
                scope = new Scope(Integer.toString(++epochs), scope.generation());
            }
            if (position == 0 && generation > scope.generation()) {
                scope = new Scope(scope.epoch(), generation);
            }
            return new Loaded(scope, position, snapshot, log, published);
        });
    }

    @Override
    public CompletionStage<Appended> append(RoomKey room, Scope asked, long followed, byte[] entry) {
        return step(() -> {
            if (!asked.equals(scope) || followed > position) {
                return new Appended(Status.OTHER_SCOPE, 0);
            }
            log.add(entry);
            long number = ++position;
            tell(replica -> replica.receive(asked, number, entry));
            return new Appended(Status.DONE, number);
        });
    }

    @Override
    public CompletionStage<Entries> entriesAfter(RoomKey room, Scope asked, long after) {
        return step(() -> !asked.equals(scope) || after < snapshotPosition || after > position
                ? new Entries(Status.OTHER_SCOPE, -1, List.of())
                : new Entries(Status.DONE, after + 1, log.subList((int) (after - snapshotPosition), log.size())));
    }

    @Override
    public CompletionStage<PublishResult> publish(RoomKey room, Scope asked, Publication publication) {
        return step(() -> {
            if (!asked.equals(scope) || publication.position() > position) {
                return new PublishResult(Status.OTHER_SCOPE, Published.NOTHING);
            }
            if (!owner.equals(publication.replica()) && ownerUntil > simulation.now()) {
                return new PublishResult(Status.NOT_OWNER, published);
            }
            if (published.revision() > publication.expectedRevision()
                    || publication.position() < published.position()) {
                return new PublishResult(Status.STALE, published);
            }
            owner = publication.replica();
            ownerUntil = simulation.now() + LEASE;
            announce(asked, publication);
            return new PublishResult(Status.DONE, published);
        });
    }

    private void announce(Scope asked, Publication publication) {
        boolean lost = published.revision() < publication.expectedRevision();
        long now = 1 + simulation.now();
        if (publication.changed() || lost) {
            List<Stay> live =
                    publication.live().stream().map(stay -> stay.enteredAt(now)).toList();
            published = new Published(
                    publication.expectedRevision() + 1, publication.position(), publication.pending(), live);
            announced.add(published);
            Published told = published;
            tell(replica -> replica.hearAnnounced(asked, told.revision(), told.position(), () -> told));
        } else {
            published =
                    new Published(published.revision(), publication.position(), published.pending(), published.live());
            Published told = published;
            tell(replica -> replica.hearNothingNew(asked, told.revision(), told.position()));
        }
        facts.addAll(publication.facts());
    }

    @Override
    public CompletionStage<Published> published(RoomKey room) {
        return step(() -> published);
    }

    @Override
    public CompletionStage<Status> compact(RoomKey room, Scope asked, long upTo, byte[] state) {
        return step(() -> {
            if (asked.equals(scope) && upTo > position) {
                return Status.OTHER_SCOPE;
            }
            if (asked.equals(scope) && upTo > snapshotPosition) {
                log.subList(0, (int) (upTo - snapshotPosition)).clear();
                snapshotPosition = upTo;
                snapshot = state;
            }
            return asked.equals(scope) ? Status.DONE : Status.OTHER_SCOPE;
        });
    }

    @Override
    public CompletionStage<Status> rollOver(RoomKey room, Scope asked, long upTo, byte[] document) {
        return step(() -> {
            if (!asked.equals(scope) || upTo > position) {
                return Status.OTHER_SCOPE;
            }
            if (upTo != position) {
                return Status.STALE;
            }
            log.clear();
            snapshotPosition = upTo;
            snapshot = document;
            scope = new Scope(scope.epoch(), scope.generation() + 1);
            Scope next = scope;
            tell(replica -> replica.receive(next, upTo, new byte[0]));
            return Status.DONE;
        });
    }

    @Override
    public void tell(RoomKey room, byte[] awareness) {
        tell(replica -> replica.hearAwareness(awareness));
    }

    /** Some messages are lost, as pub/sub may lose them. */
    private void tell(Consumer<Room> message) {
        replicas.forEach((room, link) -> {
            if (simulation.random.nextDouble() >= failures) {
                link.carry(() -> message.accept(room));
            }
        });
    }

    private <T> CompletionStage<T> step(Supplier<T> step) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean fails = simulation.random.nextDouble() < failures;
        boolean beforeTheStep = simulation.random.nextBoolean();
        simulation.after(simulation.random.nextInt(10), () -> {
            if (fails && beforeTheStep) {
                answer.completeExceptionally(new QueueException(ErrorCode.UNAVAILABLE, "lost on the way"));
                return;
            }
            T result = step.get();
            simulation.after(simulation.random.nextInt(10), () -> {
                if (fails) {
                    answer.completeExceptionally(new QueueException(ErrorCode.UNAVAILABLE, "lost on the way back"));
                } else {
                    answer.complete(result);
                }
            });
        });
        return answer;
    }
}
