package com.eventuall.yjs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Integrates the structs of one update in an order in which each finds what it refers to: a struct that depends on
 * another client's is put on a stack until that one is done. What depends on structs of neither the store nor the update
 * is set aside, with everything of that client after it.
 */
final class StructIntegrator {

    /** One client's structs, taken from the front. */
    private static final class Queue {
        private final List<Struct> structs;
        private int next;

        Queue(List<Struct> structs) {
            this.structs = structs;
        }

        boolean isEmpty() {
            return next == structs.size();
        }

        Struct take() {
            return structs.get(next++);
        }

        /** Gives back the struct taken last and empties the queue. */
        List<Struct> drainWithLast() {
            List<Struct> remaining = List.copyOf(structs.subList(next - 1, structs.size()));
            next = structs.size();
            return remaining;
        }
    }

    private final Transaction transaction;
    private final StructStore store;
    private final NavigableMap<Long, Queue> queues = new TreeMap<>();
    private final Deque<Struct> stack = new ArrayDeque<>();
    private final Update rest = new Update();
    private final Map<Long, Long> missing = new TreeMap<>();

    StructIntegrator(Transaction transaction, Update update) {
        this.transaction = transaction;
        this.store = transaction.doc.store;
        update.structs.forEach((client, structs) -> queues.put(client, new Queue(structs)));
    }

    /** Returns what could not be integrated. */
    Pending.@Nullable Structs run() {
        Struct struct = next();
        while (struct != null) {
            Struct dependency = struct instanceof Skip ? null : integrateOrFindDependency(struct);
            struct = dependency != null ? dependency : next();
        }
        return rest.structs.isEmpty() ? null : new Pending.Structs(missing, rest.encode());
    }

    /** What waited for the last one, else the highest client's next: with higher ids first there are fewer conflicts. */
    private @Nullable Struct next() {
        if (!stack.isEmpty()) {
            return stack.pop();
        }
        while (!queues.isEmpty()) {
            Queue queue = queues.lastEntry().getValue();
            if (!queue.isEmpty()) {
                return queue.take();
            }
            queues.pollLastEntry();
        }
        return null;
    }

    /** Integrates the struct, or returns another one of this update that must come first, or sets it aside. */
    private @Nullable Struct integrateOrFindDependency(Struct struct) {
        long offset = store.state(struct.client) - struct.clock;
        if (offset < 0) {
            stack.push(struct);
            setStackAside(struct.client, struct.clock - 1);
            return null;
        }
        Long neededClient = struct.missing(store);
        if (neededClient == null) {
            if (offset < struct.length) {
                struct.integrate(transaction, (int) offset);
            }
            return null;
        }
        stack.push(struct);
        Queue needed = queues.get(neededClient);
        if (needed != null && !needed.isEmpty()) {
            return needed.take();
        }
        setStackAside(neededClient, store.state(neededClient));
        return null;
    }

    private void setStackAside(long missingClient, long missingClock) {
        missing.merge(missingClient, missingClock, Math::min);
        for (Iterator<Struct> oldestFirst = stack.descendingIterator(); oldestFirst.hasNext(); ) {
            Struct struct = oldestFirst.next();
            Queue queue = queues.remove(struct.client);
            rest.structs.put(struct.client, queue == null ? List.of(struct) : queue.drainWithLast());
        }
        stack.clear();
    }
}
