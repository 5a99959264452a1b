package com.eventuall.queue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How many may be on stage at once. A CRDT cannot enforce that: two moderators may fill the last place at the same time. So
 * everybody reads the surplus as still waiting, the newest losing, and the room's owner then writes that down.
 */
record StageLimit(int max) {

    /** @param surplus those whom the document has on stage and who are not */
    record Result(QueueView view, List<QueueEntry> surplus) {}

    /** @param base who is on stage already stays before anybody new */
    Result applyTo(QueueView view, Published base) {
        if (max <= 0 || view.live().size() <= max) {
            return new Result(view, List.of());
        }
        Set<String> settled = new HashSet<>();
        base.live().forEach(stay -> settled.add(StageDiff.key(stay)));
        List<QueueEntry> bySeniority = new ArrayList<>();
        view.live().stream()
                .filter(entry -> settled.contains(StageDiff.key(entry)))
                .forEach(bySeniority::add);
        view.live().stream()
                .filter(entry -> !settled.contains(StageDiff.key(entry)))
                .forEach(bySeniority::add);
        List<QueueEntry> surplus = List.copyOf(bySeniority.subList(max, bySeniority.size()));
        List<QueueEntry> live = new ArrayList<>(view.live());
        live.removeAll(surplus);
        List<QueueEntry> pending = new ArrayList<>(view.pending());
        pending.addAll(surplus);
        return new Result(new QueueView(pending, live, view.flaws()), surplus);
    }
}
