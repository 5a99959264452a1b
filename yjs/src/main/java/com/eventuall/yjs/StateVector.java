package com.eventuall.yjs;

import com.eventuall.yjs.lib0.Decoder;
import com.eventuall.yjs.lib0.Encoder;
import com.eventuall.yjs.lib0.YjsFormatException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much of each client's work a replica has: per client the next clock it expects. Clients that are not named are at
 * 0. Two replicas with equal vectors, and the same deletions, hold the same document.
 *
 * @param clocks next clock by client id
 */
public record StateVector(Map<Long, Long> clocks) {

    public static final StateVector EMPTY = new StateVector(Map.of());

    public StateVector {
        clocks = Map.copyOf(clocks);
    }

    public long clock(long client) {
        return clocks.getOrDefault(client, 0L);
    }

    /** What at least one of the two has. */
    StateVector or(StateVector other) {
        Map<Long, Long> both = new HashMap<>(clocks);
        other.clocks.forEach((client, clock) -> both.merge(client, clock, Math::max));
        return new StateVector(both);
    }

    /** The bytes of a sync step 1. */
    public byte[] encode() {
        Encoder encoder = new Encoder();
        encoder.writeVarUint(clocks.size());
        Map<Long, Long> descending = new TreeMap<>(Collections.reverseOrder());
        descending.putAll(clocks);
        descending.forEach((client, clock) -> {
            encoder.writeVarUint(client);
            encoder.writeVarUint(clock);
        });
        return encoder.toByteArray();
    }

    /** @throws YjsFormatException if the bytes are no state vector */
    public static StateVector decode(byte[] bytes) {
        Decoder decoder = new Decoder(bytes);
        int size = decoder.readCount(2);
        Map<Long, Long> clocks = new HashMap<>();
        for (int i = 0; i < size; i++) {
            clocks.put(decoder.readVarUint(), decoder.readVarUint());
        }
        decoder.expectEnd();
        return new StateVector(clocks);
    }
}
