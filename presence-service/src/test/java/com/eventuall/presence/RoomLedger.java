package com.eventuall.presence;

import com.eventuall.presence.ApplyReply.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One room as the store keeps it, in memory: the rules of {@code presence-apply.lua} once more, in a language in which they
 * can be simulated. {@code RoomStoreContract} holds both against each other.
 */
final class RoomLedger {
    static final long RECOVERY_GRACE = 10_000;
    private static final int LOG = 512;

    private record OpenSocket(String id, String node, Status status, long openedAt) {}

    private final Clock clock;
    private final int maxSockets;
    private final long removeAfter;
    private final Set<String> fenced = new HashSet<>();
    private Map<String, Long> batches = new HashMap<>();
    private Map<String, List<OpenSocket>> sockets = new HashMap<>();
    private Map<String, Long> due = new HashMap<>();
    private Deque<Step> log = new ArrayDeque<>();
    private RoomState state = new RoomState();
    private Head head = Head.NONE;
    private List<String> evicted = new ArrayList<>();

    RoomLedger(Clock clock, int maxSockets, long removeAfter) {
        this.clock = clock;
        this.maxSockets = maxSockets;
        this.removeAfter = removeAfter;
    }

    /** A copy of all of it, as a backup would have it. */
    RoomLedger copy() {
        RoomLedger copy = new RoomLedger(clock, maxSockets, removeAfter);
        copy.fenced.addAll(fenced);
        copy.batches = new HashMap<>(batches);
        sockets.forEach((user, list) -> copy.sockets.put(user, new ArrayList<>(list)));
        copy.due = new HashMap<>(due);
        copy.log = new ArrayDeque<>(log);
        copy.state.merge(state.asDelta());
        copy.head = head;
        return copy;
    }

    Head head() {
        return head;
    }

    RoomState state() {
        return state;
    }

    Standing standing(String node) {
        return head.exists() ? new Standing(head, batches.getOrDefault(node, 0L)) : Standing.NONE;
    }

    List<Step> since(long version) {
        return log.stream().filter(step -> step.head().version() > version).toList();
    }

    StoredRoom open(String freshEpoch) {
        if (!head.exists() && !freshEpoch.isEmpty()) {
            begin(freshEpoch, 0);
        }
        RoomState copy = new RoomState();
        copy.merge(state.asDelta());
        return new StoredRoom(head, copy, List.copyOf(log));
    }

    void fence(String node) {
        fenced.add(node);
    }

    /** Connection ids and people with sockets of that node. */
    Map<String, String> socketsOf(String node) {
        Map<String, String> found = new HashMap<>();
        sockets.forEach((user, list) ->
                list.stream().filter(socket -> socket.node.equals(node)).forEach(socket -> found.put(socket.id, user)));
        return found;
    }

    @Override
    public String toString() {
        return head + " sockets " + sockets + " due " + due + " fenced " + fenced + " now " + clock.millis();
    }

    /** Fences all but these nodes; what takes their sockets away. */
    List<RoomOp> strangers(List<String> live) {
        List<RoomOp> ops = new ArrayList<>();
        sockets.forEach((user, list) -> list.stream()
                .filter(socket -> !live.contains(socket.node))
                .forEach(socket -> {
                    fenced.add(socket.node);
                    ops.add(new RoomOp.Gone(socket.id, user, socket.node, Duration.ofSeconds(2)));
                }));
        return ops;
    }

    /** Who has a deadline behind them. */
    List<String> due() {
        return due.entrySet().stream()
                .filter(entry -> entry.getValue() <= clock.millis())
                .map(Map.Entry::getKey)
                .toList();
    }

    ApplyReply apply(Batch batch) {
        if (fenced.contains(batch.node())) {
            return refusal(Outcome.FENCED, Head.NONE);
        }
        Head known = batch.known().head();
        long last = batches.getOrDefault(batch.node(), 0L);
        boolean behind = last < batch.known().batch()
                || head.epoch().compareTo(known.epoch()) < 0
                || head.version() < known.version()
                || (head.version() == known.version() && !head.chain().equals(known.chain()));
        if (!head.exists()) {
            if (batch.freshEpoch().isEmpty()) {
                return refusal(Outcome.OK, Head.NONE);
            }
            if (known.exists() && !batch.reseed()) {
                return refusal(Outcome.LOST, Head.NONE);
            }
            begin(batch.freshEpoch(), known.version());
        } else if (known.exists() && known.epoch().compareTo(head.epoch()) < 0) {
            return refusal(Outcome.OTHER_EPOCH, head);
        } else if (known.exists() && behind) {
            if (!batch.reseed()) {
                return refusal(Outcome.LOST, Head.NONE);
            }
            begin(batch.freshEpoch(), known.version());
        } else if (!batch.node().isEmpty() && batch.number() <= last) {
            return refusal(Outcome.STALE, head);
        }
        if (!batch.node().isEmpty()) {
            batches.put(batch.node(), batch.number());
        }
        return change(batch);
    }

    private static ApplyReply refusal(Outcome outcome, Head head) {
        return new ApplyReply(outcome, head, null, List.of());
    }

    private void begin(String epoch, long version) {
        head = new Head(epoch, version, "");
        state = new RoomState();
        sockets = new HashMap<>();
        log = new ArrayDeque<>();
        due = new HashMap<>(Map.of("", clock.millis() + removeAfter));
    }

    private ApplyReply change(Batch batch) {
        evicted = new ArrayList<>();
        RoomState before = new RoomState();
        before.merge(state.asDelta());
        for (RoomOp op : batch.ops()) {
            apply(op, batch.node());
            if (!head.exists()) {
                return refusal(Outcome.OK, Head.NONE);
            }
        }
        RoomDelta delta = RoomDelta.between(before, state);
        if (delta.isEmpty()) {
            return new ApplyReply(Outcome.OK, head, null, evicted);
        }
        String chain = Integer.toHexString((head.chain() + head.epoch() + delta).hashCode());
        Head next = new Head(head.epoch(), head.version() + 1, chain);
        Step step = new Step(head.chain(), next, delta);
        head = next;
        log.addLast(step);
        if (log.size() > LOG) {
            log.removeFirst();
        }
        return new ApplyReply(Outcome.OK, head, step, evicted);
    }

    private void apply(RoomOp op, String node) {
        if (op instanceof RoomOp.Here here) {
            here(here, node);
        } else if (op instanceof RoomOp.Gone gone) {
            gone(gone, gone.node().isEmpty() ? node : gone.node());
        } else if (op instanceof RoomOp.Expire expire) {
            expire(expire.userId());
        } else if (op instanceof RoomOp.SetPin pin) {
            Pin old = state.pins().get(pin.trackSid());
            if (old == null || !old.userId().equals(pin.userId())) {
                pin(pin.trackSid(), new Pin(pin.userId(), pin.by(), clock.millis()));
            }
        } else if (op instanceof RoomOp.RemovePin unpin) {
            pin(unpin.trackSid(), null);
        } else if (op instanceof RoomOp.RemovePinsOf unpin) {
            Map.copyOf(state.pins()).forEach((sid, pin) -> {
                if (pin.userId().equals(unpin.userId()) && pin.at() <= unpin.until()) {
                    pin(sid, null);
                }
            });
        } else {
            fact(op);
        }
    }

    private void fact(RoomOp op) {
        if (op instanceof RoomOp.EnterStage enter) {
            sequenced(Subjects.stage(enter.userId()), enter.sequence(), () -> stage(enter.userId(), enter.stay()));
        } else if (op instanceof RoomOp.ExitStage exit) {
            sequenced(Subjects.stage(exit.userId()), exit.sequence(), () -> stage(exit.userId(), null));
        } else if (op instanceof RoomOp.SetQueue queue) {
            sequenced(Subjects.QUEUE, queue.sequence(), () -> facts(new Facts(null, queue.queue(), null)));
        } else if (op instanceof RoomOp.SetChat chat) {
            sequenced(Subjects.CHAT, chat.sequence(), () -> facts(new Facts(null, null, chat.conversationSid())));
        } else if (op instanceof RoomOp.SetRecording set) {
            Recording shown = state.facts().recording();
            if (shown == null || set.recording().id().compareTo(shown.id()) >= 0) {
                sequenced(Subjects.RECORDING, set.sequence(), () -> facts(new Facts(set.recording(), null, null)));
            }
        } else if (op instanceof RoomOp.RestorePerson person) {
            if (state.person(person.userId()) == null) {
                put(person.userId(), person.participant());
                boolean present = person.participant().status() != Status.OFFLINE;
                due.put(person.userId(), clock.millis() + (present ? RECOVERY_GRACE : removeAfter));
            }
        } else if (op instanceof RoomOp.RestorePin pin) {
            if (!state.pins().containsKey(pin.trackSid())) {
                pin(pin.trackSid(), pin.pin());
            }
        } else if (op instanceof RoomOp.RestoreSequence restore) {
            sequenced(restore.subject(), restore.sequence(), () -> {});
        }
    }

    private void here(RoomOp.Here here, String node) {
        List<OpenSocket> list = sockets.computeIfAbsent(here.userId(), ignored -> new ArrayList<>());
        boolean known = list.stream().anyMatch(socket -> socket.id.equals(here.connectionId()));
        list.replaceAll(socket -> socket.id.equals(here.connectionId())
                ? new OpenSocket(socket.id, node, here.status(), socket.openedAt)
                : socket);
        if (!known) {
            list.add(new OpenSocket(here.connectionId(), node, here.status(), here.openedAt()));
            list.sort(Comparator.comparingLong(OpenSocket::openedAt));
            while (list.size() > maxSockets) {
                evicted.add(list.remove(0).id);
            }
        }
        status(here.userId(), here, best(list));
        due.remove(here.userId());
    }

    private void gone(RoomOp.Gone gone, String owner) {
        List<OpenSocket> list = sockets.getOrDefault(gone.userId(), new ArrayList<>());
        boolean removed = list.removeIf(socket -> socket.id.equals(gone.connectionId()) && socket.node.equals(owner));
        if (!removed) {
            return;
        }
        if (!list.isEmpty()) {
            status(gone.userId(), null, best(list));
            return;
        }
        sockets.remove(gone.userId());
        if (gone.grace().isZero()) {
            offline(gone.userId());
        } else {
            due.put(gone.userId(), clock.millis() + gone.grace().toMillis());
        }
    }

    private void expire(String userId) {
        Long at = due.get(userId);
        if (at == null || at > clock.millis()) {
            return;
        }
        if (userId.isEmpty()) {
            due.put("", clock.millis() + removeAfter);
            if (state.people().isEmpty()) {
                begin("", 0);
            }
            return;
        }
        Participant person = state.person(userId);
        if (sockets.containsKey(userId) || person == null) {
            due.remove(userId);
        } else if (person.status() != Status.OFFLINE) {
            offline(userId);
        } else {
            put(userId, null);
            due.remove(userId);
        }
    }

    private void offline(String userId) {
        status(userId, null, Status.OFFLINE);
        due.put(userId, clock.millis() + removeAfter);
    }

    private static Status best(List<OpenSocket> list) {
        boolean online = list.stream().anyMatch(socket -> socket.status == Status.ONLINE);
        return online ? Status.ONLINE : Status.AWAY;
    }

    private void status(String userId, RoomOp.@Nullable Here here, Status status) {
        Participant old = state.person(userId);
        if (old == null && here == null) {
            return;
        }
        long since = old != null && old.status() == status ? old.since() : clock.millis();
        put(
                userId,
                here == null
                        ? new Participant(old.name(), old.role(), status, since)
                        : new Participant(here.name(), here.role(), status, since));
    }

    private void put(String userId, @Nullable Participant person) {
        Participant old = state.person(userId);
        Counts before = state.counts();
        Counts counts = new Counts(
                before.online() + step(Status.ONLINE, old, person),
                before.away() + step(Status.AWAY, old, person),
                before.offline() + step(Status.OFFLINE, old, person));
        Map<String, @Nullable Participant> people = new HashMap<>();
        people.put(userId, person);
        state.merge(new RoomDelta(people, Map.of(), Map.of(), Facts.NONE, counts, Map.of()));
    }

    private static int step(Status status, @Nullable Participant old, @Nullable Participant person) {
        return (person != null && person.status() == status ? 1 : 0) - (old != null && old.status() == status ? 1 : 0);
    }

    private void stage(String userId, @Nullable Stay stay) {
        Map<String, @Nullable Stay> stage = new HashMap<>();
        stage.put(userId, stay);
        state.merge(new RoomDelta(Map.of(), stage, Map.of(), Facts.NONE, null, Map.of()));
    }

    private void pin(String trackSid, @Nullable Pin pin) {
        Map<String, @Nullable Pin> pins = new HashMap<>();
        pins.put(trackSid, pin);
        state.merge(new RoomDelta(Map.of(), Map.of(), pins, Facts.NONE, null, Map.of()));
    }

    private void facts(Facts facts) {
        state.merge(new RoomDelta(Map.of(), Map.of(), Map.of(), facts, null, Map.of()));
    }

    private void sequenced(String subject, long sequence, Runnable change) {
        if (sequence > state.sequences().getOrDefault(subject, Long.MIN_VALUE)) {
            state.merge(new RoomDelta(Map.of(), Map.of(), Map.of(), Facts.NONE, null, Map.of(subject, sequence)));
            change.run();
        }
    }
}
