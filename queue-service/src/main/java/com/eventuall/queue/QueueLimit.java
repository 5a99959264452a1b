package com.eventuall.queue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How many people a queue holds. Every change tells both lists, and a list must fit into an event: so whoever a document has
 * beyond the limit is read by nobody, and the room's owner takes them out again.
 */
final class QueueLimit {

    /** Both lists together. Their ids, of at most 128 characters, stay below the megabyte that Kafka takes. */
    static final int MAX_PEOPLE = 5_000;

    private QueueLimit() {}

    /** @param surplus those whom the document has and who are not in the queue */
    record Result(QueueView view, List<QueueEntry> surplus) {}

    /** @param base who is in the queue already stays before anybody new */
    static Result apply(QueueView view, Published base) {
        if (view.size() <= MAX_PEOPLE) {
            return new Result(view, List.of());
        }
        Set<String> settled = new HashSet<>();
        base.live().forEach(stay -> settled.add(StageDiff.key(stay)));
        base.pending().forEach(request -> settled.add(StageDiff.key(request)));
        List<QueueEntry> surplus = new ArrayList<>();
        int excess = view.size() - MAX_PEOPLE;
        for (boolean evenSettled : new boolean[] {false, true}) {
            for (Place place : Place.values()) {
                List<QueueEntry> list = view.list(place);
                for (int i = list.size() - 1; i >= 0 && surplus.size() < excess; i--) {
                    QueueEntry entry = list.get(i);
                    if (settled.contains(StageDiff.key(entry)) == evenSettled) {
                        surplus.add(entry);
                    }
                }
            }
        }
        Set<QueueEntry> gone = new HashSet<>(surplus);
        List<QueueEntry> pending =
                view.pending().stream().filter(entry -> !gone.contains(entry)).toList();
        List<QueueEntry> live =
                view.live().stream().filter(entry -> !gone.contains(entry)).toList();
        return new Result(new QueueView(pending, live, view.flaws()), surplus);
    }
}
