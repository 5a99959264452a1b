package com.eventuall.yjs;

import org.jspecify.annotations.Nullable;

/** What is left of deleted items whose parent is gone too: only that these clocks were used. */
final class GC extends Struct {

    static final int REF = 0;

    private int length;

    GC(long client, long clock, int length) {
        super(client, clock);
        this.length = length;
    }

    @Override
    int length() {
        return length;
    }

    @Override
    boolean deleted() {
        return true;
    }

    @Override
    boolean mergeWith(Struct right) {
        if (!(right instanceof GC)) {
            return false;
        }
        length += right.length();
        return true;
    }

    @Override
    GC sliceFrom(int offset) {
        return new GC(client, clock + offset, length - offset);
    }

    @Override
    void write(UpdateEncoder encoder, int offset) {
        encoder.writeInfo(REF);
        encoder.writeLength(length - offset);
    }

    @Override
    @Nullable
    Long missing(StructStore store) {
        return null;
    }

    @Override
    void integrate(Transaction transaction) {
        transaction.addStruct(this);
    }
}
