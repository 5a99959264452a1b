package com.eventuall.recording;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The credential that lets an encoder push to a live stream. Prints as its redacted form only. */
public final class StreamKey {

    private final String value;

    public StreamKey(String value) {
        if (value.length() < 8) {
            throw new IllegalArgumentException("stream key too short");
        }
        this.value = value;
    }

    /** The secret itself; only for the request that needs it and for encryption. */
    public String reveal() {
        return value;
    }

    /** The form in which LiveKit shows the key in an egress: first and last three characters. */
    public String redacted() {
        return "{" + value.substring(0, 3) + "..." + value.substring(value.length() - 3) + "}";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StreamKey key && key.value.equals(value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return redacted();
    }
}
