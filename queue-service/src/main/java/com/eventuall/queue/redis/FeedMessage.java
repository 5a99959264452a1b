package com.eventuall.queue.redis;

import com.eventuall.contracts.RoomKey;
import com.eventuall.queue.RoomStore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What replicas tell each other over pub/sub: five lines (kind, room, epoch, generation, numbers) and a payload. A hint only:
 * the log is the truth.
 */
record FeedMessage(String kind, RoomKey room, String epoch, String generation, String numbers, byte[] payload) {

    static final String ENTRY = "entry";
    static final String ANNOUNCED = "announced";
    static final String AWARENESS = "awareness";

    private static final int LINES = 5;

    static byte[] awareness(RoomKey room, byte[] frame) {
        byte[] head = (AWARENESS + '\n' + room.key() + "\n\n\n\n").getBytes(StandardCharsets.UTF_8);
        byte[] message = Arrays.copyOf(head, head.length + frame.length);
        System.arraycopy(frame, 0, message, head.length, frame.length);
        return message;
    }

    /** @throws IllegalArgumentException if the bytes are no message */
    static FeedMessage read(byte[] bytes) {
        String[] lines = new String[LINES];
        int from = 0;
        for (int line = 0; line < LINES; line++) {
            int to = from;
            while (to < bytes.length && bytes[to] != '\n') {
                to++;
            }
            if (to == bytes.length) {
                throw new IllegalArgumentException("cut off");
            }
            lines[line] = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            from = to + 1;
        }
        byte[] payload = Arrays.copyOfRange(bytes, from, bytes.length);
        return new FeedMessage(lines[0], RoomKey.parse(lines[1]), lines[2], lines[3], lines[4], payload);
    }

    RoomStore.Scope scope() {
        return new RoomStore.Scope(epoch, Integer.parseInt(generation));
    }

    long number(int index) {
        return Long.parseLong(numbers.split(" ")[index]);
    }

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
