package com.eventuall.presence;

import com.eventuall.contracts.CloseCode;
import com.eventuall.contracts.RoomKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * One room on this node: the replica, the sockets, and who is told what when. All calls, and all completions of the store's
 * stages, are on one thread, the room's.
 *
 * <p>A joining socket is admitted with the first published version that shows the socket's own person, so nobody misses
 * themselves. While the store does not answer, everything goes on but the changes: those are said again when it is back.
 */
public final class LiveRoom {
    /** A gap may close by itself when messages overtake one another; then it is read from the store. */
    private static final long GAP_PATIENCE = 50;

    private static final long RETRY_MILLIS = 250;

    private enum Phase {
        LOADING,
        LIVE,
        RECOVERING
    }

    private final RoomKey room;
    private final RoomStore store;
    private final Audience audience;
    private final Timers timers;
    private final Clock clock;
    private final RoomSettings settings;
    private final Node node;
    private final Crowd crowd;
    private final Listeners listeners;
    private final Announcer announcer;
    private Phase phase = Phase.LOADING;
    /** Replaced on the room's thread; its head may be read on any. */
    private volatile Replica replica;

    private boolean filling;
    /** The number of the last batch that the store acknowledged under the node's present name; read on any thread. */
    private volatile long acknowledged;

    /** A room that has not been read yet; {@link #start} does. */
    public LiveRoom(
            RoomKey room,
            RoomStore store,
            Audience audience,
            Timers timers,
            Clock clock,
            RoomSettings settings,
            Node node) {
        this.room = room;
        this.store = store;
        this.audience = audience;
        this.timers = timers;
        this.clock = clock;
        this.settings = settings;
        this.node = node;
        this.announcer = new Announcer(room, store, node, timers, this);
        this.replica = new Replica(new StoredRoom(Head.NONE, new RoomState(), List.of()), settings.ringSize());
        this.listeners = new Listeners(audience, timers, clock, settings, replica);
        this.crowd = listeners.crowd();
        announcer.suspend();
    }

    /** Reads the room from the store, again and again until it answers. */
    public void start() {
        Answers.handle(store.open(room, node.freshEpoch()), (stored, failure) -> {
            if (failure != null) {
                timers.after(RETRY_MILLIS, this::start);
            } else {
                take(stored);
            }
        });
    }

    private void take(StoredRoom stored) {
        replica = new Replica(stored, settings.ringSize());
        phase = Phase.LIVE;
        announcer.resume();
        listeners.follow(replica);
    }

    /** A socket has opened. It is admitted soon, or closed. */
    public void join(Joiner joiner) {
        announcer.say(joiner.connectionId(), listeners.add(joiner).here());
    }

    /** A socket has shown life and said how its person is. */
    public void heartbeat(String connectionId, Status status) {
        Member member = crowd.get(connectionId);
        if (member != null && crowd.beat(member, status, clock.millis())) {
            announcer.say(connectionId, member.here());
        }
    }

    /** A socket is closed, or as good as. Its person is offline after {@code grace} if it was their last. */
    public void closed(String connectionId, Duration grace) {
        Member member = listeners.remove(connectionId);
        if (member != null) {
            announcer.say(connectionId, new RoomOp.Gone(connectionId, member.joiner.userId(), "", grace));
        }
    }

    /** A client has lost its way and wants everything. */
    public void resync(String connectionId) {
        listeners.resync(connectionId);
    }

    /** A connection that could not take more now can, and has {@code version}. */
    public void catchUp(String connectionId, long version) {
        listeners.catchUp(connectionId, version);
    }

    /** Asks the store for a change; the stage fails if it does not answer. */
    public CompletionStage<ApplyReply> request(RoomOp op) {
        return announcer.request(op);
    }

    /** A step as the store told it to all nodes. */
    public void heard(Step step) {
        if (phase == Phase.LIVE) {
            take(step);
        }
    }

    private void take(Step step) {
        switch (replica.offer(step)) {
            case ACCEPTED -> listeners.schedulePublishing();
            case EARLY ->
                timers.after(GAP_PATIENCE, () -> {
                    if (phase == Phase.LIVE && replica.hasGap()) {
                        fill();
                    }
                });
            case FOREIGN -> verify();
            case KNOWN -> {}
        }
    }

    /** Compares with the store, which may turn out to be ahead, behind or in another epoch. */
    public void verify() {
        Standing asked = standing();
        Answers.handle(store.standings(List.of(room), node.id()), (found, failure) -> {
            if (failure == null) {
                verified(asked, found.getOrDefault(room, Standing.NONE));
            }
        });
    }

    /**
     * What the store has, for a room that was at {@code asked} when the question was sent. What was accepted since then is not
     * held against the store.
     */
    public void verified(Standing asked, Standing found) {
        Head then = asked.head();
        Head now = found.head();
        if (phase != Phase.LIVE || !then.epoch().equals(replica.head().epoch())) {
            return;
        }
        boolean forked = now.version() == then.version() && !now.chain().equals(then.chain());
        boolean less = now.version() < then.version() || found.batch() < asked.batch();
        if (!now.epoch().equals(then.epoch()) || less || forked) {
            recover();
        } else if (now.version() > replica.head().version()) {
            fill();
        }
    }

    private void fill() {
        if (filling) {
            return;
        }
        filling = true;
        Answers.handle(store.since(room, replica.head().version()), (steps, failure) -> {
            filling = false;
            if (phase != Phase.LIVE || failure != null) {
                return;
            }
            for (Step step : steps) {
                if (replica.offer(step) == Replica.Taken.FOREIGN) {
                    recover();
                    return;
                }
            }
            listeners.schedulePublishing();
            if (replica.hasGap()) {
                jump();
            }
        });
    }

    /** The missing steps are gone from the store's stream: takes its state as it is. */
    private void jump() {
        Answers.handle(store.open(room, node.freshEpoch()), (stored, failure) -> {
            if (phase == Phase.LIVE && failure == null) {
                jumpTo(stored);
            }
        });
    }

    private void jumpTo(StoredRoom stored) {
        if (!stored.head().epoch().equals(replica.head().epoch())) {
            recover();
        } else if (stored.head().version() > replica.head().version()) {
            listeners.publish();
            long from = replica.published().version();
            RoomDelta change = replica.jump(stored);
            listeners.told(new Update.Patch(from, replica.published().version(), change, null));
        }
    }

    /** Every socket of this node is announced again, under the node's present name. */
    public void announceAll() {
        acknowledged = 0;
        crowd.all().forEach(member -> announcer.say(member.joiner.connectionId(), member.here()));
    }

    /** To be called a few times a second: what time brings about. */
    public void tick() {
        long now = clock.millis();
        for (Member quiet : crowd.turnAway(now)) {
            announcer.say(quiet.joiner.connectionId(), quiet.here());
        }
        if (phase == Phase.LIVE) {
            listeners.tellLite(now, false);
        }
        listeners.giveUpWaiting(now);
    }

    /** Whether nobody is here and nothing is left to say. */
    public boolean isDeserted() {
        return crowd.size() == 0 && announcer.isIdle();
    }

    /** How many sockets of this node are in the room. */
    public int size() {
        return crowd.size();
    }

    /** What the store has acknowledged to this node; on any thread. */
    public Standing standing() {
        return new Standing(replica.head(), acknowledged);
    }

    void acknowledged(Batch batch) {
        if (batch.node().equals(node.id())) {
            acknowledged = batch.number();
        }
    }

    /** The state at {@link #published}; to be read on the room's thread. */
    public RoomState state() {
        return replica.state();
    }

    /** The place of {@link #state}. */
    public Head published() {
        return replica.published();
    }

    /** For logs: where the room stands, without anything of its people. */
    @Override
    public String toString() {
        return room + " " + phase + " at " + standing() + ", published " + replica.published() + ", " + crowd.size()
                + " sockets, " + listeners.waiting() + " waiting, " + (announcer.isIdle() ? "idle" : "busy");
    }

    Collection<RoomOp> announcements() {
        List<RoomOp> here = new ArrayList<>();
        crowd.all().forEach(member -> here.add(member.here()));
        return here;
    }

    void applied(ApplyReply reply, Collection<String> connectionIds) {
        if (reply.step() != null) {
            take(reply.step());
        }
        if (reply.head().version() > replica.head().version() && !replica.hasGap()) {
            fill();
        }
        reply.evicted().forEach(this::evict);
        for (String connectionId : connectionIds) {
            listeners.confirmed(connectionId, reply.head());
        }
        listeners.admitReady();
    }

    void refused(ApplyReply reply, String asNode) {
        switch (reply.outcome()) {
            case LOST, OTHER_EPOCH -> recover();
            case FENCED -> node.fenced(asNode);
            case STALE, OK -> {}
        }
    }

    /** One of this node's sockets had to make room for a newer one of the same person. */
    public void evict(String connectionId) {
        if (crowd.get(connectionId) != null) {
            // Said although the store knows: an older word about this socket may still be on its way there.
            closed(connectionId, settings.grace());
            audience.close(connectionId, CloseCode.CONNECTED_ELSEWHERE);
        }
    }

    private void recover() {
        if (phase != Phase.LIVE) {
            return;
        }
        listeners.publish();
        phase = Phase.RECOVERING;
        listeners.interrupt();
        announcer.suspend();
        Recovery recovery = new Recovery(room, store, node, timers, this, standing());
        acknowledged = 0;
        recovery.run();
    }

    void recovered(StoredRoom stored) {
        node.recovered(room);
        boolean sameEpoch = stored.head().epoch().equals(replica.head().epoch());
        listeners.forgetNeeds();
        if (sameEpoch) {
            phase = Phase.LIVE;
            listeners.proceed();
            announcer.resume();
            jumpTo(stored);
            listeners.admitReady();
            return;
        }
        take(stored);
        listeners.tellAllAnew();
    }
}
