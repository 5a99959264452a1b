package com.eventuall.queue;

import com.eventuall.yjs.lib0.Decoder;
import com.eventuall.yjs.lib0.Encoder;
import com.eventuall.yjs.lib0.YjsFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a room's log: updates that were made durable together.
 *
 * @param origin the replica that wrote it, and {@code batch} its number there
 * @param causes by user id, why the server moved or removed somebody with these updates
 * @param trace the W3C trace context of the request that made them; null if it is not traced
 */
public record LogEntry(
        String origin,
        long batch,
        List<byte[]> updates,
        Map<String, String> causes,
        @Nullable String trace) {

    private static final int VERSION = 1;

    public LogEntry {
        updates = List.copyOf(updates);
        causes = Map.copyOf(causes);
    }

    public byte[] encode() {
        Encoder encoder = new Encoder(256);
        encoder.writeUint8(VERSION);
        encoder.writeVarString(origin);
        encoder.writeVarUint(batch);
        encoder.writeVarUint(updates.size());
        updates.forEach(encoder::writeVarBytes);
        encoder.writeVarUint(causes.size());
        new TreeMap<>(causes).forEach((userId, cause) -> {
            encoder.writeVarString(userId);
            encoder.writeVarString(cause);
        });
        if (trace != null) {
            encoder.writeVarString(trace);
        }
        return encoder.toByteArray();
    }

    /** @throws YjsFormatException if it is no entry */
    public static LogEntry decode(byte[] bytes) {
        Decoder decoder = new Decoder(bytes);
        if (decoder.readUint8() != VERSION) {
            throw new YjsFormatException("unknown version of a log entry");
        }
        String origin = decoder.readVarString();
        long batch = decoder.readVarUint();
        List<byte[]> updates = new ArrayList<>();
        for (int rest = decoder.readCount(1); rest > 0; rest--) {
            updates.add(decoder.readVarBytes());
        }
        Map<String, String> causes = new TreeMap<>();
        for (int rest = decoder.readCount(2); rest > 0; rest--) {
            causes.put(decoder.readVarString(), decoder.readVarString());
        }
        return new LogEntry(origin, batch, updates, causes, decoder.remaining() > 0 ? decoder.readVarString() : null);
    }
}
