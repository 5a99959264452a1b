package com.eventuall.yjs;

import org.jspecify.annotations.Nullable;

/** A hole inside an update: these clocks are known to exist and are not part of it. Never stored. */
final class Skip extends Struct {

    static final int REF = 10;

    private int length;

    Skip(long client, long clock, int length) {
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
        if (!(right instanceof Skip)) {
            return false;
        }
        length += right.length();
        return true;
    }

    @Override
    Skip sliceFrom(int offset) {
        return new Skip(client, clock + offset, length - offset);
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
        throw new IllegalStateException("a hole cannot be integrated");
    }
}
