package com.eventuall.yjs;

import com.eventuall.yjs.lib0.YjsFormatException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Work on updates without a document. */
public final class Updates {

    private Updates() {}

    /**
     * One update with the content of all of them; clocks that none of them has become holes.
     *
     * @throws YjsFormatException if one of them is malformed
     */
    public static byte[] merge(List<byte[]> updates) {
        if (updates.size() == 1) {
            return updates.get(0);
        }
        return new Merge(updates.stream().map(UpdateDecoder::decode).toList())
                .run()
                .encode();
    }

    /**
     * What of an update a replica with that state vector lacks.
     *
     * @throws YjsFormatException if the update is malformed
     */
    public static byte[] diff(byte[] update, StateVector known) {
        return UpdateDecoder.decode(update).diff(known).encode();
    }

    /**
     * Checks an update as a whole, as applying it would do first.
     *
     * @throws YjsFormatException if it is malformed
     */
    public static void check(byte[] update) {
        UpdateDecoder.decode(update);
    }

    /** Whether an update says nothing at all, as the answer to an up-to-date replica does. */
    public static boolean isEmpty(byte[] update) {
        return update.length == 2 && update[0] == 0 && update[1] == 0;
    }

    /** The position in one of the updates that are merged. */
    private static final class Cursor {
        private final List<Struct> structs = new ArrayList<>();
        private int next;

        Cursor(Update update) {
            update.structs.values().forEach(structs::addAll);
            structs.removeIf(struct -> struct instanceof Skip);
        }

        boolean hasNext() {
            return next < structs.size();
        }

        @Nullable
        Struct current() {
            return hasNext() ? structs.get(next) : null;
        }

        Struct take() {
            return structs.get(next++);
        }

        long client() {
            return structs.get(next).client;
        }

        long clock() {
            return structs.get(next).clock;
        }
    }

    /**
     * Always goes on with the update whose next struct comes first (highest client, then lowest clock), stays with it as
     * long as it is contiguous, leaves out what was written already and writes a hole where all of them have one.
     */
    private static final class Merge {
        private final Update merged = new Update();
        private final List<Cursor> cursors = new ArrayList<>();

        /** Not yet written, as the next one may melt into it. */
        private @Nullable Struct last;

        Merge(List<Update> updates) {
            for (Update update : updates) {
                cursors.add(new Cursor(update));
                merged.deletions.addAll(update.deletions);
            }
            merged.deletions.sortAndMerge();
        }

        Update run() {
            while (true) {
                cursors.removeIf(cursor -> !cursor.hasNext());
                cursors.sort(Comparator.comparingLong(Cursor::client).reversed().thenComparingLong(Cursor::clock));
                if (cursors.isEmpty()) {
                    flush(null);
                    return merged;
                }
                Cursor cursor = cursors.get(0);
                if (last == null) {
                    last = cursor.take();
                } else if (!append(cursor, last)) {
                    continue;
                }
                takeContiguous(cursor);
            }
        }

        /** Returns false if the cursor has moved away, so that another one may come first now. */
        private boolean append(Cursor cursor, Struct before) {
            long client = cursor.client();
            boolean moved = false;
            while (cursor.hasNext() && cursor.client() == before.client && end(cursor) <= before.end()) {
                cursor.take();
                moved = true;
            }
            Struct struct = cursor.current();
            if (struct == null || struct.client != client || (moved && struct.clock > before.end())) {
                return false;
            }
            if (struct.client != before.client) {
                flush(cursor.take());
            } else if (before.end() < struct.clock) {
                flush(new Skip(before.client, before.end(), (int) (struct.clock - before.end())));
            } else {
                appendOverlapping(cursor, before, struct);
            }
            return true;
        }

        private void appendOverlapping(Cursor cursor, Struct before, Struct struct) {
            int known = (int) (before.end() - struct.clock);
            Struct unwritten = known > 0 ? struct.sliceFrom(known) : struct;
            if (!before.mergeWith(unwritten)) {
                cursor.take();
                flush(unwritten);
            }
        }

        private void takeContiguous(Cursor cursor) {
            for (Struct next = cursor.current();
                    next != null && last != null && next.client == last.client && next.clock == last.end();
                    next = cursor.current()) {
                flush(cursor.take());
            }
        }

        private void flush(@Nullable Struct following) {
            if (last != null) {
                merged.add(last);
            }
            last = following;
        }

        private static long end(Cursor cursor) {
            Struct struct = cursor.current();
            return struct == null ? 0 : struct.end();
        }
    }
}
