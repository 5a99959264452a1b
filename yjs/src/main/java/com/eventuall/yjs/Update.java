package com.eventuall.yjs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** An update taken apart: structs in the order of their clocks per client, and deletions. */
final class Update {

    /** Highest client first: the order on the wire. Holes are {@link Skip}s. */
    final NavigableMap<Long, List<Struct>> structs = new TreeMap<>(Collections.reverseOrder());

    final DeleteSet deletions = new DeleteSet();

    void add(Struct struct) {
        structs.computeIfAbsent(struct.client, client -> new ArrayList<>()).add(struct);
    }

    byte[] encode() {
        UpdateEncoder encoder = new UpdateEncoder();
        encoder.rest.writeVarUint(structs.size());
        structs.forEach((client, list) -> {
            encoder.rest.writeVarUint(list.size());
            encoder.rest.writeVarUint(client);
            encoder.rest.writeVarUint(list.get(0).clock);
            list.forEach(struct -> struct.write(encoder, 0));
        });
        deletions.write(encoder.rest);
        return encoder.toByteArray();
    }

    /** What of this a replica with that state vector lacks. Holes in front are dropped, deletions stay as they are. */
    Update diff(StateVector known) {
        Update diff = new Update();
        structs.forEach((client, list) -> {
            long state = known.clock(client);
            boolean writing = false;
            for (Struct struct : list) {
                if (writing) {
                    diff.add(struct);
                } else if (!(struct instanceof Skip) && struct.end() > state) {
                    diff.add(struct.clock < state ? struct.sliceFrom((int) (state - struct.clock)) : struct);
                    writing = true;
                }
            }
        });
        diff.deletions.addAll(deletions);
        return diff;
    }
}
