package com.eventuall.yjs;

import org.jspecify.annotations.Nullable;

/** A run of clocks without content: it is its length, and that it refers to nothing. */
abstract sealed class BareStruct extends Struct permits GC, Skip {

    private int length;

    BareStruct(long client, long clock, int length) {
        super(client, clock);
        this.length = length;
    }

    /** The tag on the wire, which also says who melts into whom. */
    abstract int ref();

    @Override
    final int length() {
        return length;
    }

    @Override
    final boolean deleted() {
        return true;
    }

    @Override
    final boolean mergeWith(Struct right) {
        if (!(right instanceof BareStruct other) || other.ref() != ref()) {
            return false;
        }
        length += right.length();
        return true;
    }

    @Override
    final void write(UpdateEncoder encoder, int offset) {
        encoder.writeInfo(ref());
        encoder.writeLength(length - offset);
    }

    @Override
    final @Nullable Long missing(StructStore store) {
        return null;
    }
}
