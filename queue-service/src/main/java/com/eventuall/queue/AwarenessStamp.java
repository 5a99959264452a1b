package com.eventuall.queue;

import org.jspecify.annotations.Nullable;

/** Writes who somebody is, by their pass, into what they say of themselves. */
public interface AwarenessStamp {

    /**
     * @param state JSON text
     * @return the state with the identity of its socket; null if it is no JSON object
     */
    @Nullable
    String stamp(String state, Subscriber subscriber);
}
