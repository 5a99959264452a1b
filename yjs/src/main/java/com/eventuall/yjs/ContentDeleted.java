package com.eventuall.yjs;

/** What stands in for deleted content: only its length. */
final class ContentDeleted extends Content {

    static final int REF = 1;

    private int length;

    ContentDeleted(int length) {
        this.length = length;
    }

    @Override
    int ref() {
        return REF;
    }

    @Override
    int length() {
        return length;
    }

    @Override
    boolean countable() {
        return false;
    }

    @Override
    ContentDeleted splice(int offset) {
        ContentDeleted right = new ContentDeleted(length - offset);
        length = offset;
        return right;
    }

    @Override
    boolean mergeWith(Content right) {
        length += ((ContentDeleted) right).length;
        return true;
    }

    @Override
    void integrate(Transaction transaction, Item item) {
        transaction.deleteSet.add(item.client, item.clock, length);
        item.markDeleted();
    }

    @Override
    void write(UpdateEncoder encoder, int offset) {
        encoder.writeLength(length - offset);
    }
}
