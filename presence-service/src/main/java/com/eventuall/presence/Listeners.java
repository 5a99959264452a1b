package com.eventuall.presence;

import com.eventuall.contracts.CloseCode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who of this node listens to a room, and what they are told when: each from a place it has to the next, or everything. */
final class Listeners {
    /** A joining socket gets what there is after this long, if the store has not confirmed it. */
    private static final long JOIN_PATIENCE = 3000;

    private final Audience audience;
    private final Timers timers;
    private final Clock clock;
    private final Crowd crowd;
    private final Pacing pacing;
    private final LiteGroup lite;
    private final Map<String, Member> waiting = new LinkedHashMap<>();
    private Replica replica;
    private boolean live;
    private long publishAt = Long.MAX_VALUE;

    Listeners(Audience audience, Timers timers, Clock clock, RoomSettings settings, Replica replica) {
        this.audience = audience;
        this.timers = timers;
        this.clock = clock;
        this.crowd = new Crowd(settings);
        this.pacing = new Pacing(settings);
        this.lite = new LiteGroup(settings);
        this.replica = replica;
    }

    Crowd crowd() {
        return crowd;
    }

    int waiting() {
        return waiting.size();
    }

    /** A socket that is to be admitted. */
    Member add(Joiner joiner) {
        Member member = new Member(joiner, clock.millis());
        crowd.add(member);
        waiting.put(joiner.connectionId(), member);
        return member;
    }

    @Nullable
    Member remove(String connectionId) {
        waiting.remove(connectionId);
        return crowd.remove(connectionId);
    }

    /** Everything comes from {@code read} from now on. */
    void follow(Replica read) {
        replica = read;
        lite.adjust(read.state().counts());
        lite.reset(read.state(), read.published().version());
        live = true;
        admitReady();
    }

    /** Nobody is admitted until the room is read again. */
    void interrupt() {
        live = false;
    }

    /** Goes on with the same row of versions. */
    void proceed() {
        live = true;
    }

    /** Those whom the store has confirmed before it lost its data need not be found in what it has now. */
    void forgetNeeds() {
        waiting.values().stream().filter(member -> member.needs >= 0).forEach(member -> member.needs = 0);
    }

    /** Everybody gets everything anew. */
    void tellAllAnew() {
        for (Member member : crowd.all()) {
            if (member.view != null) {
                member.view = viewFor(member);
                audience.admit(member.joiner.connectionId(), member.view, snapshot(member.view));
            }
        }
    }

    void resync(String connectionId) {
        Member member = crowd.get(connectionId);
        if (member != null && member.view != null) {
            audience.admit(connectionId, member.view, snapshot(member.view));
        }
    }

    /** See {@link LiveRoom#catchUp}: a connection that could not take more now can, and has {@code version}. */
    void catchUp(String connectionId, long version) {
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

    /** The store knows of this socket, at {@code head}. */
    void confirmed(String connectionId, Head head) {
        Member member = waiting.get(connectionId);
        if (member == null) {
            return;
        }
        member.needs = head.version();
        Joiner.Resume resume = member.joiner.resume();
        if (resume != null && resume.epoch().equals(head.epoch()) && resume.version() <= head.version()) {
            member.resumesFrom = resume.version();
        }
    }

    /** Admits those who have waited too long for the store with what there is. */
    void giveUpWaiting(long now) {
        for (Member member : new ArrayList<>(waiting.values())) {
            if (now - member.openedAt < JOIN_PATIENCE) {
                continue;
            }
            if (isAheadOfUs(member)) {
                continue;
            }
            if (replica.head().exists()) {
                admit(member);
            } else {
                audience.close(member.joiner.connectionId(), CloseCode.TRY_LATER);
            }
        }
    }

    /** A client that has seen more than this node has must not be taken back; what it saw will come here too. */
    private boolean isAheadOfUs(Member member) {
        Joiner.Resume resume = member.joiner.resume();
        Head published = replica.published();
        return member.needs < 0
                && resume != null
                && resume.epoch().equals(published.epoch())
                && resume.version() > published.version();
    }

    /** Publishes what was accepted, at once if the room was quiet, else when its window is over. */
    void schedulePublishing() {
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

    /** Makes everything accepted so far known to all. */
    void publish() {
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
    void told(Update.Patch patch) {
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

    void tellLite(long now, boolean facts) {
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

    /** Admits those whom the published state shows. */
    void admitReady() {
        if (!live || waiting.isEmpty()) {
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
