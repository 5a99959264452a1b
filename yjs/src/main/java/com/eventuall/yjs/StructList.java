package com.eventuall.yjs;

import java.util.ArrayList;
import java.util.List;

/** One client's structs, in the order of their clocks and without a gap. Never empty once filled. */
final class StructList {

    private final ArrayList<Struct> structs = new ArrayList<>(2);

    int size() {
        return structs.size();
    }

    Struct get(int index) {
        return structs.get(index);
    }

    /** The clock after the last struct. */
    long end() {
        return structs.isEmpty() ? 0 : structs.get(structs.size() - 1).end();
    }

    void append(Struct struct) {
        if (struct.clock != end()) {
            throw new IllegalStateException("struct does not follow the last one");
        }
        structs.add(struct);
    }

    void insert(int index, Struct struct) {
        structs.add(index, struct);
    }

    void set(int index, Struct struct) {
        structs.set(index, struct);
    }

    /** Where the struct with this clock is: a binary search whose first guess takes all structs for equally long. */
    int indexOf(long clock) {
        int low = 0;
        int high = structs.size() - 1;
        Struct last = structs.get(high);
        if (last.clock <= clock && clock < last.end()) {
            return high;
        }
        int middle = (int) ((double) clock / end() * high);
        while (low <= high) {
            Struct struct = structs.get(middle);
            if (struct.clock > clock) {
                high = middle - 1;
            } else if (struct.end() <= clock) {
                low = middle + 1;
            } else {
                return middle;
            }
            middle = (low + high) >>> 1;
        }
        throw new IllegalStateException("clock " + clock + " is not in the store");
    }

    /** Where the struct is that begins with this clock; an item that begins before it is split. */
    int cleanStart(Transaction transaction, long clock) {
        int index = indexOf(clock);
        if (structs.get(index) instanceof Item item && item.clock < clock) {
            insert(++index, item.split(transaction, (int) (clock - item.clock)));
        }
        return index;
    }

    /** Merges the struct at {@code index} and its left neighbours as far as they go together; returns how many vanished. */
    int mergeWithLefts(int index) {
        int left = index - 1;
        while (left >= 0 && structs.get(left).mergeWith(structs.get(left + 1))) {
            left--;
        }
        int merged = index - 1 - left;
        if (merged > 0) {
            structs.subList(left + 2, index + 1).clear();
        }
        return merged;
    }

    List<Struct> view() {
        return structs;
    }
}
