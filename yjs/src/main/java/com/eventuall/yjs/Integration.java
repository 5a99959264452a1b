package com.eventuall.yjs;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the place of one item among those that others inserted at the same spot: the YATA algorithm. All its references
 * are known to be in the store. It cannot fail, whatever the references say: an item always goes between a left
 * neighbour and that neighbour's right one, and where there is no place left it becomes garbage.
 */
final class Integration {

    private final Transaction transaction;
    private final StructStore store;
    private final Item item;

    Integration(Transaction transaction, Item item) {
        this.transaction = transaction;
        this.store = transaction.doc.store;
        this.item = item;
    }

    void run() {
        resolveReferences();
        if (item.parent instanceof YType parent) {
            placeIn(parent);
        } else {
            new GC(item.client, item.clock, item.length()).integrate(transaction);
        }
    }

    /** Turns origins and parent from ids into what they name. Garbage on any side makes the item garbage. */
    private void resolveReferences() {
        Id origin = item.origin();
        Struct left = origin == null ? null : store.cleanEnd(transaction, origin);
        Struct right = item.rightOrigin == null ? null : store.cleanStart(transaction, item.rightOrigin);
        item.left = left instanceof Item found ? found : null;
        item.right = right instanceof Item found ? found : null;
        if (left instanceof GC || right instanceof GC) {
            item.parent = null;
        } else if (item.left != null) {
            item.parent = item.left.parent;
            item.parentSub = item.left.parentSub;
        } else if (item.right != null) {
            item.parent = item.right.parent;
            item.parentSub = item.right.parentSub;
        } else {
            item.parentSub = store.shared(item.parentSub);
            if (item.parent instanceof Parent.Root root) {
                item.parent = transaction.doc.root(root.name());
            } else if (item.parent instanceof Id id) {
                item.parent = typeHeldBy(store.find(id));
            }
        }
    }

    private static @Nullable YType typeHeldBy(Struct struct) {
        return struct instanceof Item holder && holder.content instanceof ContentType held ? held.type() : null;
    }

    private void placeIn(YType parent) {
        Item left = item.left;
        boolean neighboursStillMeet =
                left == null ? item.right != null && item.right.left == null : left.right == item.right;
        if (!neighboursStillMeet) {
            item.left = resolveConflict(parent);
        }
        link(parent);
        if (item.parentSub == null && item.content.countable() && !item.deleted()) {
            parent.listLength += item.length();
        }
        transaction.addStruct(item);
        item.content.integrate(transaction, item);
        if (parent.deleted() || (item.parentSub != null && item.right != null)) {
            item.delete(transaction);
        }
    }

    /**
     * Walks over the items between the two origins and returns the one that comes just before ours. With the same left
     * origin the lower client id goes first; an item whose origin lies between stays with that origin.
     */
    private @Nullable Item resolveConflict(YType parent) {
        Item left = item.left;
        Item other = left != null ? left.right : parent.first(item.parentSub);
        Map<Item, Integer> passed = new IdentityHashMap<>();
        int conflictingFrom = 0;
        while (other != null && other != item.right) {
            passed.put(other, passed.size());
            if (Id.equal(item.origin(), other.origin())) {
                if (other.client < item.client) {
                    left = other;
                    conflictingFrom = passed.size();
                } else if (Id.equal(item.rightOrigin, other.rightOrigin)) {
                    break;
                }
            } else {
                Integer originPassed = passed.get(originOf(other));
                if (originPassed == null) {
                    break;
                }
                if (originPassed < conflictingFrom) {
                    left = other;
                    conflictingFrom = passed.size();
                }
            }
            other = other.right;
        }
        return left;
    }

    private @Nullable Struct originOf(Item other) {
        Id origin = other.origin();
        return origin == null ? null : store.find(origin);
    }

    private void link(YType parent) {
        if (item.left != null) {
            item.right = item.left.right;
            item.left.right = item;
        } else {
            item.right = parent.first(item.parentSub);
            if (item.parentSub == null) {
                parent.start = item;
            }
        }
        if (item.right != null) {
            item.right.left = item;
        } else if (item.parentSub != null) {
            parent.map.put(item.parentSub, item);
            if (item.left != null) {
                item.left.delete(transaction);
            }
        }
    }
}
