package com.eventuall.yjs;

import org.jspecify.annotations.Nullable;

/** A run of consecutive clocks of one client: content ({@link Item}), its remains ({@link GC}), or a hole ({@link Skip}). */
abstract sealed class Struct permits Item, BareStruct {

    /**
     * The highest clock there can be, so that every run's length is an int. A client that made more elements than that is
     * none: documents are thousands of times smaller.
     */
    static final long MAX_CLOCK = Integer.MAX_VALUE;

    final long client;

    /** Of its first element. */
    final int clock;

    /** @param clock at most {@link #MAX_CLOCK} */
    Struct(long client, long clock) {
        this.client = client;
        this.clock = (int) clock;
    }

    /** How many clocks this takes. */
    abstract int length();

    /** The clock after the last one of this run. */
    final long end() {
        return (long) clock + length();
    }

    abstract boolean deleted();

    /** Takes over {@code right}, which begins where this ends, if both can be written as one struct. */
    abstract boolean mergeWith(Struct right);

    /** What this is without its first {@code offset} clocks. Shares content, so only for structs that are written next. */
    abstract Struct sliceFrom(int offset);

    /** @param offset how many clocks to leave out in front, less than the length */
    abstract void write(UpdateEncoder encoder, int offset);

    /** The client whose structs must come first, or null if this can be integrated now. */
    abstract @Nullable Long missing(StructStore store);

    /** Adds this to the store, which has all that comes before it and nothing of it. */
    abstract void integrate(Transaction transaction);
}
