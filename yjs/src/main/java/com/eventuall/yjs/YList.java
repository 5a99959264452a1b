package com.eventuall.yjs;

import org.jspecify.annotations.Nullable;

/** Insertion and deletion at an index, common to arrays and texts. */
final class YList {

    final YType type;

    YList(YType type) {
        this.type = type;
    }

    void insert(int index, Content content) {
        checkRange(index, 0);
        Doc doc = type.doc();
        doc.transact(transaction -> {
            Item left = index == 0 ? null : itemEndingAt(transaction, index);
            Item right = left == null ? type.start : left.right;
            new Item(
                            new Id(doc.clientId(), doc.store.state(doc.clientId())),
                            left == null ? null : left.lastId(),
                            right == null ? null : new Id(right.client, right.clock),
                            type,
                            null,
                            content)
                    .integrate(transaction);
        });
    }

    void delete(int index, int length) {
        checkRange(index, length);
        if (length == 0) {
            // Looking for the place would split an item there: within a surrogate pair, on this replica alone.
            return;
        }
        type.doc().transact(transaction -> {
            Item left = index == 0 ? null : itemEndingAt(transaction, index);
            Item item = left == null ? type.start : left.right;
            for (int rest = length; rest > 0 && item != null; item = item.right) {
                if (!item.deleted() && item.content.countable()) {
                    if (rest < item.length()) {
                        transaction.doc.store.cleanStart(transaction, new Id(item.client, item.clock + rest));
                    }
                    rest -= item.length();
                    item.delete(transaction);
                }
            }
        });
    }

    private void checkRange(int index, int length) {
        if (index < 0 || length < 0 || index + (long) length > type.listLength) {
            throw new IndexOutOfBoundsException(index + "+" + length + " of " + type.listLength);
        }
    }

    /** The item that holds the unit before {@code index}, split so that it ends there. */
    private Item itemEndingAt(Transaction transaction, int index) {
        int rest = index;
        for (Item item = type.start; item != null; item = item.right) {
            if (!item.deleted() && item.content.countable()) {
                if (rest <= item.length()) {
                    if (rest < item.length()) {
                        transaction.doc.store.cleanStart(transaction, new Id(item.client, item.clock + rest));
                    }
                    return item;
                }
                rest -= item.length();
            }
        }
        throw new IllegalStateException("length and items disagree");
    }

    /** The first item that counts, at or after this one. */
    static @Nullable Item visible(@Nullable Item from) {
        Item item = from;
        while (item != null && (item.deleted() || !item.content.countable())) {
            item = item.right;
        }
        return item;
    }
}
