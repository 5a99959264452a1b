package com.eventuall.yjs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All structs of a document, per client and without gaps, and what waits for structs that have not come yet. */
final class StructStore {

    final Map<Long, StructList> clients = new HashMap<>();

    /** Structs and deletions that refer to structs the store does not have. */
    final Pending pending = new Pending();

    /** Keys of maps, which repeat from one nested map to the next. */
    private final Map<String, String> keys = new HashMap<>();

    /** The next clock expected of a client; 0 if it is unknown. */
    long state(long client) {
        StructList structs = clients.get(client);
        return structs == null ? 0 : structs.end();
    }

    StateVector stateVector() {
        Map<Long, Long> states = new HashMap<>();
        clients.forEach((client, structs) -> states.put(client, structs.end()));
        return new StateVector(states);
    }

    /** The list of a client that is known to be there. */
    StructList known(long client) {
        StructList structs = clients.get(client);
        if (structs == null) {
            throw new IllegalStateException("no structs of client " + client);
        }
        return structs;
    }

    void add(Struct struct) {
        clients.computeIfAbsent(struct.client, client -> new StructList()).append(struct);
    }

    /** The struct that holds this id, which must be below the client's state. */
    Struct find(Id id) {
        StructList structs = known(id.client());
        return structs.get(structs.indexOf(id.clock()));
    }

    /** The struct that ends with this id; an item that goes on behind it is split. */
    Struct cleanEnd(Transaction transaction, Id id) {
        StructList structs = known(id.client());
        int index = structs.indexOf(id.clock());
        Struct struct = structs.get(index);
        if (struct instanceof Item item && id.clock() != item.end() - 1) {
            structs.insert(index + 1, item.split(transaction, (int) (id.clock() - item.clock + 1)));
        }
        return struct;
    }

    /** The struct that begins with this id; an item that begins before it is split. */
    Struct cleanStart(Transaction transaction, Id id) {
        StructList structs = known(id.client());
        return structs.get(structs.cleanStart(transaction, id.clock()));
    }

    void replace(Struct old, Struct replacement) {
        StructList structs = known(old.client);
        structs.set(structs.indexOf(old.clock), replacement);
    }

    /** The one copy of a map's key that this document keeps. */
    @Nullable
    String shared(@Nullable String key) {
        return key == null ? null : keys.computeIfAbsent(key, first -> first);
    }

    /** The clients a replica with that vector lacks something of, each with the first clock it lacks. */
    Map<Long, Long> statesBeyond(StateVector known) {
        Map<Long, Long> lacking = new HashMap<>();
        clients.forEach((client, structs) -> {
            long clock = known.clock(client);
            if (structs.end() > clock) {
                lacking.put(client, clock);
            }
        });
        return lacking;
    }

    /** Writes all structs of these clients from these clocks on, highest client first: that makes fewer conflicts. */
    void write(UpdateEncoder encoder, Map<Long, Long> from) {
        encoder.rest.writeVarUint(from.size());
        List<Long> descending = new ArrayList<>(from.keySet());
        descending.sort(Collections.reverseOrder());
        for (long client : descending) {
            writeClient(encoder, client, from.getOrDefault(client, 0L));
        }
    }

    private void writeClient(UpdateEncoder encoder, long client, long clock) {
        StructList structs = known(client);
        int first = structs.indexOf(clock);
        encoder.rest.writeVarUint(structs.size() - first);
        encoder.rest.writeVarUint(client);
        encoder.rest.writeVarUint(clock);
        structs.get(first).write(encoder, (int) (clock - structs.get(first).clock));
        for (int i = first + 1; i < structs.size(); i++) {
            structs.get(i).write(encoder, 0);
        }
    }
}
