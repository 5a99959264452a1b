package com.eventuall.yjs;

/** What is left of deleted items whose parent is gone too: only that these clocks were used. */
final class GC extends BareStruct {

    static final int REF = 0;

    GC(long client, long clock, int length) {
        super(client, clock, length);
    }

    @Override
    int ref() {
        return REF;
    }

    @Override
    GC sliceFrom(int offset) {
        return new GC(client, clock + offset, length() - offset);
    }

    @Override
    void integrate(Transaction transaction) {
        transaction.addStruct(this);
    }
}
