package com.eventuall.yjs;

/** A hole inside an update: these clocks are known to exist and are not part of it. Never stored. */
final class Skip extends BareStruct {

    static final int REF = 10;

    Skip(long client, long clock, int length) {
        super(client, clock, length);
    }

    @Override
    int ref() {
        return REF;
    }

    @Override
    Skip sliceFrom(int offset) {
        return new Skip(client, clock + offset, length() - offset);
    }

    @Override
    void integrate(Transaction transaction) {
        throw new IllegalStateException("a hole cannot be integrated");
    }
}
