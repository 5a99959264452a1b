package com.eventuall.yjs;

import java.util.ArrayDeque;
import java.util.Deque;
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

        List<Struct> drain() {
            List<Struct> remaining = List.copyOf(structs.subList(next, structs.size()));
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

    /**
     * Integrates what of the struct is new, or returns another one of this update that must come first, or sets it aside.
     * What is known is left out before anything is asked of it: a run that two sessions with one client id wrote
     * differently is then what the store says it is, here and in whatever is made from this document's state.
     */
    private @Nullable Struct integrateOrFindDependency(Struct struct) {
        long known = store.state(struct.client) - struct.clock;
        if (known < 0) {
            stack.push(struct);
            setStackAside(struct.client, struct.clock - 1);
            return null;
        }
        if (known >= struct.length()) {
            return null;
        }
        Struct unknown = known > 0 ? struct.sliceFrom((int) known) : struct;
        Long neededClient = unknown.missing(store);
        if (neededClient == null) {
            unknown.integrate(transaction);
            return null;
        }
        stack.push(unknown);
        Queue needed = queues.get(neededClient);
        if (needed != null && !needed.isEmpty()) {
            return needed.take();
        }
        setStackAside(neededClient, store.state(neededClient));
        return null;
    }

    /** Another try makes sense when the missing clock is there, or when others wrote what waits here. */
    private void setStackAside(long missingClient, long missingClock) {
        missing.merge(missingClient, missingClock, Math::min);
        stack.descendingIterator().forEachRemaining(struct -> {
            rest.add(struct);
            missing.merge(struct.client, (long) struct.clock, Math::min);
        });
        for (Struct struct : stack) {
            Queue queue = queues.remove(struct.client);
            if (queue != null) {
                queue.drain().forEach(rest::add);
            }
        }
        stack.clear();
    }
}
