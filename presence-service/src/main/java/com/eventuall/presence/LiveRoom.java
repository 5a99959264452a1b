package com.eventuall.presence;

import com.eventuall.contracts.CloseCode;
import com.eventuall.contracts.RoomKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    /** A joining socket gets what there is after this long, if the store has not confirmed it. */
    private static final long JOIN_PATIENCE = 3000;

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
    private final Pacing pacing;
    private final LiteGroup lite;
    private final Announcer announcer;
    private final Map<String, Member> waiting = new LinkedHashMap<>();
    private Phase phase = Phase.LOADING;
    /** Replaced on the room's thread; its head may be read on any. */
    private volatile Replica replica;

    private long publishAt = Long.MAX_VALUE;
    private boolean filling;

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
        this.crowd = new Crowd(settings);
        this.pacing = new Pacing(settings);
        this.lite = new LiteGroup(settings);
        this.announcer = new Announcer(room, store, node, timers, this);
        this.replica = new Replica(new StoredRoom(Head.NONE, new RoomState(), List.of()), settings.ringSize());
        announcer.suspend();
    }

    /** Reads the room from the store, again and again until it answers. */
    public void start() {
        store.open(room, node.freshEpoch()).whenComplete((stored, failure) -> {
            if (failure != null) {
                timers.after(RETRY_MILLIS, this::start);
            } else {
                take(stored);
            }
        });
    }

    private void take(StoredRoom stored) {
        replica = new Replica(stored, settings.ringSize());
        lite.adjust(stored.state().counts());
        lite.reset(stored.state(), stored.head().version());
        phase = Phase.LIVE;
        announcer.resume();
        admitReady();
    }

    /** A socket has opened. It is admitted soon, or closed. */
    public void join(Joiner joiner) {
        Member member = new Member(joiner, clock.millis());
        crowd.add(member);
        waiting.put(joiner.connectionId(), member);
        announcer.say(joiner.connectionId(), member.here());
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
        Member member = crowd.remove(connectionId);
        waiting.remove(connectionId);
        if (member != null) {
            announcer.say(connectionId, new RoomOp.Gone(connectionId, member.joiner.userId(), node.id(), grace));
        }
    }

    /** A client has lost its way and wants everything. */
    public void resync(String connectionId) {
        Member member = crowd.get(connectionId);
        if (member != null && member.view != null) {
            audience.admit(connectionId, member.view, snapshot(member.view));
        }
    }

    /** A connection that could not take more now can, and has {@code version}. */
    public void catchUp(String connectionId, long version) {
        Member member = crowd.get(connectionId);
        if (member == null || member.view == null) {
            return;
        }
        RoomDelta missed = member.view == View.FULL ? replica.since(version) : null;
        if (missed == null || missed.people().size() > replica.state().people().size() / 2) {
            audience.admit(connectionId, member.view, snapshot(member.view));
        } else {
            admitWith(member, View.FULL, version, missed);
        }
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
            case ACCEPTED -> schedulePublishing();
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
        Head asked = replica.head();
        store.heads(List.of(room)).whenComplete((heads, failure) -> {
            if (failure == null) {
                verified(asked, heads.getOrDefault(room, Head.NONE));
            }
        });
    }

    /**
     * The store's place, for a room that was at {@code asked} when the question was sent. What was accepted since then is not
     * held against the store.
     */
    public void verified(Head asked, Head found) {
        if (phase != Phase.LIVE || !asked.epoch().equals(replica.head().epoch())) {
            return;
        }
        boolean forked = found.version() == asked.version() && !found.chain().equals(asked.chain());
        if (!found.epoch().equals(asked.epoch()) || found.version() < asked.version() || forked) {
            recover();
        } else if (found.version() > replica.head().version()) {
            fill();
        }
    }

    private void fill() {
        if (filling) {
            return;
        }
        filling = true;
        store.since(room, replica.head().version()).whenComplete((steps, failure) -> {
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
            schedulePublishing();
            if (replica.hasGap()) {
                jump();
            }
        });
    }

    /** The missing steps are gone from the store's stream: takes its state as it is. */
    private void jump() {
        store.open(room, node.freshEpoch()).whenComplete((stored, failure) -> {
            if (phase == Phase.LIVE && failure == null) {
                jumpTo(stored);
            }
        });
    }

    private void jumpTo(StoredRoom stored) {
        if (!stored.head().epoch().equals(replica.head().epoch())) {
            recover();
        } else if (stored.head().version() > replica.head().version()) {
            publish();
            long from = replica.published().version();
            RoomDelta change = replica.jump(stored);
            told(new Update.Patch(from, replica.published().version(), change, null));
        }
    }

    /** Every socket of this node is announced again, under the node's present name. */
    public void announceAll() {
        crowd.all().forEach(member -> announcer.say(member.joiner.connectionId(), member.here()));
    }

    /** To be called a few times a second: what time brings about. */
    public void tick() {
        long now = clock.millis();
        for (Member quiet : crowd.turnAway(now)) {
            announcer.say(quiet.joiner.connectionId(), quiet.here());
        }
        if (phase == Phase.LIVE) {
            tellLite(now, false);
        }
        if (!waiting.isEmpty()) {
            giveUpWaiting(now);
        }
    }

    private void giveUpWaiting(long now) {
        for (Member member : new ArrayList<>(waiting.values())) {
            if (now - member.openedAt < JOIN_PATIENCE) {
                continue;
            }
            if (replica.head().exists()) {
                admit(member);
            } else {
                audience.close(member.joiner.connectionId(), CloseCode.TRY_LATER);
            }
        }
    }

    /** Whether nobody is here and nothing is left to say. */
    public boolean isDeserted() {
        return crowd.size() == 0 && announcer.isIdle();
    }

    /** How many sockets of this node are in the room. */
    public int size() {
        return crowd.size();
    }

    /** The newest place this node knows of; on any thread. */
    public Head head() {
        return replica.head();
    }

    /** The state at {@link #published}; to be read on the room's thread. */
    public RoomState state() {
        return replica.state();
    }

    /** The place of {@link #state}. */
    public Head published() {
        return replica.published();
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
            Member member = waiting.get(connectionId);
            if (member != null) {
                confirmed(member, reply.head());
            }
        }
        admitReady();
    }

    private static void confirmed(Member member, Head head) {
        member.needs = head.version();
        Joiner.Resume resume = member.joiner.resume();
        if (resume != null && resume.epoch().equals(head.epoch()) && resume.version() <= head.version()) {
            member.resumesFrom = resume.version();
        }
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
        if (crowd.remove(connectionId) != null) {
            waiting.remove(connectionId);
            audience.close(connectionId, CloseCode.CONNECTED_ELSEWHERE);
        }
    }

    private void recover() {
        if (phase != Phase.LIVE) {
            return;
        }
        publish();
        phase = Phase.RECOVERING;
        announcer.suspend();
        new Recovery(room, store, node, timers, this, replica.head()).run();
    }

    void recovered(StoredRoom stored) {
        boolean sameEpoch = stored.head().epoch().equals(replica.head().epoch());
        waiting.values().stream().filter(member -> member.needs >= 0).forEach(member -> member.needs = 0);
        if (sameEpoch) {
            phase = Phase.LIVE;
            announcer.resume();
            jumpTo(stored);
            admitReady();
            return;
        }
        take(stored);
        for (Member member : crowd.all()) {
            if (member.view != null) {
                member.view = viewFor(member);
                audience.admit(member.joiner.connectionId(), member.view, snapshot(member.view));
            }
        }
    }

    private void schedulePublishing() {
        if (!replica.hasUnpublished()) {
            return;
        }
        long now = clock.millis();
        long delay = pacing.delay(now, crowd.size(), replica.unpublished().hasFacts());
        if (delay == 0) {
            publish();
        } else if (now + delay < publishAt) {
            publishAt = now + delay;
            timers.after(delay, () -> {
                if (clock.millis() >= publishAt) {
                    publish();
                }
            });
        }
    }

    private void publish() {
        publishAt = Long.MAX_VALUE;
        if (!replica.hasUnpublished()) {
            return;
        }
        long from = replica.published().version();
        Update.Patch patch = new Update.Patch(from, replica.head().version(), replica.unpublished(), replica.state());
        audience.broadcast(View.FULL, patch);
        replica.publish();
        afterPublishing(patch.delta());
    }

    /** Tells a change that the state already shows. */
    private void told(Update.Patch patch) {
        audience.broadcast(View.FULL, patch);
        afterPublishing(patch.delta());
    }

    private void afterPublishing(RoomDelta delta) {
        long now = clock.millis();
        pacing.fannedOut(now);
        audience.broadcast(View.SNAPSHOT, snapshot(View.SNAPSHOT));
        boolean switched = lite.adjust(replica.state().counts());
        if (switched && lite.isActive()) {
            lite.reset(replica.state(), replica.published().version());
        }
        tellLite(now, delta.hasFacts());
        if (switched || (lite.isActive() && !delta.stage().isEmpty())) {
            reassign();
        }
        admitReady();
    }

    private void tellLite(long now, boolean facts) {
        if (!lite.isActive()) {
            return;
        }
        if (facts || pacing.liteDue(now, replica.state().counts().present())) {
            Update.Patch patch =
                    lite.advance(replica.state(), replica.published().version());
            if (patch != null) {
                audience.broadcast(View.LITE, patch);
                pacing.liteTold(now);
            }
        }
    }

    private void reassign() {
        for (Member member : crowd.all()) {
            View wanted = viewFor(member);
            if (member.view != null && member.view != wanted) {
                member.view = wanted;
                audience.admit(member.joiner.connectionId(), wanted, snapshot(wanted));
            }
        }
    }

    private void admitReady() {
        if (phase != Phase.LIVE || waiting.isEmpty()) {
            return;
        }
        for (Member member : new ArrayList<>(waiting.values())) {
            if (member.needs >= 0 && member.needs <= replica.published().version()) {
                admit(member);
            }
        }
    }

    private void admit(Member member) {
        waiting.remove(member.joiner.connectionId());
        View view = viewFor(member);
        member.view = view;
        RoomDelta missed = view == View.FULL && member.resumesFrom >= 0 ? replica.since(member.resumesFrom) : null;
        if (missed == null) {
            audience.admit(member.joiner.connectionId(), view, snapshot(view));
        } else {
            admitWith(member, view, member.resumesFrom, missed);
        }
    }

    private void admitWith(Member member, View view, long version, RoomDelta missed) {
        String connectionId = member.joiner.connectionId();
        long published = replica.published().version();
        if (version == published) {
            audience.admitAt(connectionId, view, version);
        } else {
            audience.admit(connectionId, view, new Update.Patch(version, published, missed, null));
        }
    }

    private View viewFor(Member member) {
        if (member.joiner.snapshots()) {
            return View.SNAPSHOT;
        }
        boolean mereViewer =
                !member.joiner.role().moderates() && !replica.state().stage().containsKey(member.joiner.userId());
        return lite.isActive() && mereViewer ? View.LITE : View.FULL;
    }

    private Update.Snapshot snapshot(View view) {
        String epoch = replica.published().epoch();
        return view == View.LITE
                ? lite.snapshot(epoch)
                : new Update.Snapshot(epoch, replica.published().version(), replica.state(), false);
    }
}
