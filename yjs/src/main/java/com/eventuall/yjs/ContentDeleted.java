package com.eventuall.yjs;

/** What stands in for deleted content: only its length. */
final class ContentDeleted extends Content {

    static final int REF = 1;

    /** Most of them are this one. */
    private static final ContentDeleted ONE = new ContentDeleted(1);

    private int length;

    private ContentDeleted(int length) {
        this.length = length;
    }

    static ContentDeleted of(int length) {
        return length == 1 ? ONE : new ContentDeleted(length);
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
        ContentDeleted right = of(length - offset);
        length = offset;
        return right;
    }

    @Override
    ContentDeleted mergedWith(Content right) {
        return of(length + ((ContentDeleted) right).length);
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
