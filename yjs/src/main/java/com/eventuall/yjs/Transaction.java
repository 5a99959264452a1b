package com.eventuall.yjs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All changes between two calm states of a document, local or from an update. At its end, deleted content is thrown
 * away, neighbours that can be written as one struct are merged, and the change is announced as one update.
 */
final class Transaction {

    final Doc doc;
    final DeleteSet deleteSet = new DeleteSet();

    private final StructStore store;
    private boolean local = true;

    /** The state before the transaction of every client that made something in it. */
    private final Map<Long, Long> beforeState = new HashMap<>();

    /** Items that may melt into their neighbours though they are not in the delete set: split ones, old garbage. */
    private final List<Struct> mergeStructs = new ArrayList<>();

    private @Nullable Deque<Runnable> cascade;

    Transaction(Doc doc) {
        this.doc = doc;
        this.store = doc.store;
    }

    /** Holds others' changes, so that one made under this document's client id was made by somebody else. */
    void markRemote() {
        local = false;
    }

    void addStruct(Struct struct) {
        beforeState.putIfAbsent(struct.client, store.state(struct.client));
        store.add(struct);
    }

    /** The next clock expected of this client when the transaction began. */
    long beforeState(long client) {
        Long before = beforeState.get(client);
        return before != null ? before : store.state(client);
    }

    void mergeLater(Struct struct) {
        mergeStructs.add(struct);
    }

    /**
     * Runs a step that goes down one level of nested types; steps that it calls for wait until it is done. So the depth of
     * a document, which its authors choose, is never the depth of the call stack.
     */
    void cascade(Runnable step) {
        if (cascade != null) {
            cascade.add(step);
            return;
        }
        Deque<Runnable> steps = new ArrayDeque<>();
        cascade = steps;
        for (Runnable next = step; next != null; next = steps.poll()) {
            next.run();
        }
        cascade = null;
    }

    /** Tidies up. */
    void finish() {
        deleteSet.sortAndMerge();
        collectGarbage();
        mergeDeleted();
        mergeNew();
        mergeRemembered();
        if (!local && beforeState.containsKey(doc.clientId())) {
            doc.renewClientId();
        }
    }

    private void collectGarbage() {
        deleteSet.clients.forEach((client, ranges) -> {
            StructList structs = store.known(client);
            for (int i = ranges.size() - 1; i >= 0; i--) {
                DeleteSet.Range range = ranges.get(i);
                for (int at = structs.indexOf(range.clock());
                        at < structs.size() && structs.get(at).clock < range.end();
                        at++) {
                    if (structs.get(at) instanceof Item item && item.deleted()) {
                        item.gc(this, false);
                    }
                }
            }
        });
    }

    private void mergeDeleted() {
        deleteSet.clients.forEach((client, ranges) -> {
            StructList structs = store.known(client);
            for (int i = ranges.size() - 1; i >= 0; i--) {
                DeleteSet.Range range = ranges.get(i);
                int at = Math.min(structs.size() - 1, 1 + structs.indexOf(range.end() - 1));
                while (at > 0 && structs.get(at).clock >= range.clock()) {
                    at -= 1 + structs.mergeWithLefts(at);
                }
            }
        });
    }

    private void mergeNew() {
        beforeState.forEach((client, clock) -> {
            StructList structs = store.known(client);
            int first = Math.max(structs.indexOf(clock), 1);
            for (int at = structs.size() - 1; at >= first; ) {
                at -= 1 + structs.mergeWithLefts(at);
            }
        });
    }

    private void mergeRemembered() {
        for (int i = mergeStructs.size() - 1; i >= 0; i--) {
            StructList structs = store.known(mergeStructs.get(i).client);
            int at = structs.indexOf(mergeStructs.get(i).clock);
            boolean bothMerged = at + 1 < structs.size() && structs.mergeWithLefts(at + 1) > 1;
            if (!bothMerged && at > 0) {
                structs.mergeWithLefts(at);
            }
        }
    }

    /** The change as an update, after {@link #finish()} and before anything else changes; null if nothing changed. */
    byte @Nullable [] encode() {
        if (beforeState.isEmpty() && deleteSet.isEmpty()) {
            return null;
        }
        UpdateEncoder encoder = new UpdateEncoder();
        store.write(encoder, beforeState);
        deleteSet.write(encoder.rest);
        return encoder.toByteArray();
    }
}
