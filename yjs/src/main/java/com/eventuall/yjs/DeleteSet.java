package com.eventuall.yjs;

import com.eventuall.yjs.lib0.Decoder;
import com.eventuall.yjs.lib0.Encoder;
import com.eventuall.yjs.lib0.YjsFormatException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Ranges of clocks per client that are deleted. In order and without overlap only after {@link #sortAndMerge()}. */
final class DeleteSet {

    record Range(long clock, long length) {
        long end() {
            return clock + length;
        }
    }

    /** Highest client first, the order in which they are written. */
    final Map<Long, List<Range>> clients = new TreeMap<>(Collections.reverseOrder());

    boolean isEmpty() {
        return clients.isEmpty();
    }

    void add(long client, long clock, long length) {
        clients.computeIfAbsent(client, key -> new ArrayList<>()).add(new Range(clock, length));
    }

    void addAll(DeleteSet other) {
        other.clients.forEach((client, ranges) ->
                clients.computeIfAbsent(client, key -> new ArrayList<>()).addAll(ranges));
    }

    void sortAndMerge() {
        clients.replaceAll((client, ranges) -> merged(ranges));
    }

    private static List<Range> merged(List<Range> ranges) {
        ranges.sort(Comparator.comparingLong(Range::clock));
        List<Range> merged = new ArrayList<>();
        for (Range range : ranges) {
            Range last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && last.end() >= range.clock) {
                long end = Math.max(last.end(), range.end());
                merged.set(merged.size() - 1, new Range(last.clock, end - last.clock));
            } else {
                merged.add(range);
            }
        }
        return merged;
    }

    /** Everything that is deleted in a store. */
    static DeleteSet of(StructStore store) {
        DeleteSet deleted = new DeleteSet();
        store.clients.forEach((client, structs) -> {
            long from = -1;
            for (Struct struct : structs.view()) {
                if (struct.deleted() && from < 0) {
                    from = struct.clock;
                } else if (!struct.deleted() && from >= 0) {
                    deleted.add(client, from, struct.clock - from);
                    from = -1;
                }
            }
            if (from >= 0) {
                deleted.add(client, from, structs.end() - from);
            }
        });
        return deleted;
    }

    /** Deletes what the store has of these ranges and returns the rest. */
    DeleteSet applyTo(Transaction transaction) {
        DeleteSet unapplied = new DeleteSet();
        clients.forEach((client, ranges) -> {
            long state = transaction.doc.store.state(client);
            for (Range range : ranges) {
                if (range.end() > state) {
                    long from = Math.max(state, range.clock);
                    unapplied.add(client, from, range.end() - from);
                }
                if (range.clock < state) {
                    delete(transaction, transaction.doc.store.known(client), range);
                }
            }
        });
        return unapplied;
    }

    /** Items that stick out of the range on either side are split; what is deleted already is left whole. */
    private static void delete(Transaction transaction, StructList structs, Range range) {
        int index = structs.indexOf(range.clock);
        if (!structs.get(index).deleted()) {
            index = structs.cleanStart(transaction, range.clock);
        }
        for (; index < structs.size() && structs.get(index).clock < range.end(); index++) {
            if (structs.get(index) instanceof Item item && !item.deleted()) {
                if (range.end() < item.end()) {
                    structs.insert(index + 1, item.split(transaction, (int) (range.end() - item.clock)));
                }
                item.delete(transaction);
            }
        }
    }

    /** Whether everything in these ranges is deleted, or waits to be deleted as soon as it comes. */
    boolean isKnownTo(StructStore store) {
        return clients.entrySet().stream().allMatch(entry -> {
            long client = entry.getKey();
            long state = store.state(client);
            List<Range> waiting = store.pending.deletions.clients.getOrDefault(client, List.of());
            return entry.getValue().stream()
                    .allMatch(range -> isDeleted(store, client, range.clock, Math.min(range.end(), state))
                            && isCovered(waiting, Math.max(range.clock, state), range.end()));
        });
    }

    private static boolean isDeleted(StructStore store, long client, long from, long to) {
        if (from >= to) {
            return true;
        }
        StructList structs = store.known(client);
        for (int i = structs.indexOf(from); i < structs.size() && structs.get(i).clock < to; i++) {
            if (!structs.get(i).deleted()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCovered(List<Range> ranges, long from, long to) {
        return from >= to || ranges.stream().anyMatch(range -> range.clock <= from && to <= range.end());
    }

    void write(Encoder encoder) {
        encoder.writeVarUint(clients.size());
        clients.forEach((client, ranges) -> {
            encoder.writeVarUint(client);
            encoder.writeVarUint(ranges.size());
            for (Range range : ranges) {
                encoder.writeVarUint(range.clock);
                encoder.writeVarUint(range.length);
            }
        });
    }

    /** Reads ranges and puts them in order, so that a hostile sender cannot make the same range be walked again and again. */
    static DeleteSet read(Decoder decoder) {
        DeleteSet deleted = new DeleteSet();
        int numberOfClients = decoder.readCount(2);
        for (int i = 0; i < numberOfClients; i++) {
            long client = decoder.readVarUint();
            int numberOfRanges = decoder.readCount(2);
            for (int j = 0; j < numberOfRanges; j++) {
                long clock = decoder.readVarUint();
                long length = decoder.readVarUint();
                if (length == 0 || clock + length > Struct.MAX_CLOCK) {
                    throw new YjsFormatException("impossible range of deletions");
                }
                deleted.add(client, clock, length);
            }
        }
        deleted.sortAndMerge();
        return deleted;
    }
}
