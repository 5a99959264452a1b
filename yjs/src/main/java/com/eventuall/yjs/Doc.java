package com.eventuall.yjs;

import com.eventuall.yjs.lib0.YjsFormatException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A Yjs document. Replicas that were given the same updates, in any order and any number of times, hold the same
 * content. Not thread safe: one thread at a time, which is the owner's business.
 *
 * <p>A client id must never be used by two sessions: the second one's edits would be taken for the first one's and be
 * lost. So a server takes a new one whenever it loads a document; the constructor without arguments does.
 */
public final class Doc {

    private static final SecureRandom RANDOM = new SecureRandom();

    final StructStore store = new StructStore();

    private final Map<String, YType> roots = new HashMap<>();
    private final LongSupplier clientIds;
    private final List<Consumer<byte[]>> listeners = new ArrayList<>();
    private long clientId;
    private @Nullable Transaction current;

    /** An empty document with a random client id of 32 bits, as yjs takes them. */
    public Doc() {
        this(() -> RANDOM.nextInt() & 0xffffffffL);
    }

    /** @param clientIds where this document takes its client id from, and another if somebody else uses that one */
    public Doc(LongSupplier clientIds) {
        this.clientIds = clientIds;
        this.clientId = clientIds.getAsLong();
    }

    public long clientId() {
        return clientId;
    }

    void renewClientId() {
        clientId = clientIds.getAsLong();
    }

    /**
     * Hears every change, local ones and others', as one update a transaction, after it is complete. Writing that update is
     * a good part of a change's cost, and is saved while nobody listens.
     *
     * @return ends it
     */
    public Runnable onUpdate(Consumer<byte[]> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    public YMap getMap(String name) {
        return new YMap(root(name));
    }

    public YArray getArray(String name) {
        return new YArray(root(name));
    }

    public YText getText(String name) {
        return new YText(root(name));
    }

    /** The names of the root types that were ever opened or written to. */
    public Set<String> rootNames() {
        return new TreeSet<>(roots.keySet());
    }

    /**
     * Runs local changes as one transaction, and so as one update. Inside another transaction it becomes part of it. What
     * was changed before the body throws stays changed.
     */
    public void transact(Runnable body) {
        transact(transaction -> body.run());
    }

    /**
     * Takes over an update, all or nothing of it: what refers to unknown structs waits inside the document.
     *
     * @throws YjsFormatException if it is malformed; the document is as before
     */
    public void applyUpdate(byte[] update) {
        Update decoded = UpdateDecoder.decode(update);
        transact(transaction -> {
            transaction.markRemote();
            integrate(transaction, decoded);
        });
    }

    /**
     * Whether an update says nothing that this document does not hold already, as the answer of an up-to-date replica does,
     * which repeats all deletions. Deletions that wait for what they delete count as known.
     *
     * @throws YjsFormatException if it is malformed
     */
    public boolean isKnown(byte[] update) {
        Update decoded = UpdateDecoder.decode(update);
        boolean structsKnown = decoded.structs.entrySet().stream()
                .allMatch(entry -> endOf(entry.getValue()) <= store.state(entry.getKey()));
        return structsKnown && decoded.deletions.isKnownTo(store);
    }

    private static long endOf(List<Struct> structs) {
        return structs.get(structs.size() - 1).end();
    }

    /** The whole document as one update, with what waits. */
    public byte[] encodeStateAsUpdate() {
        return encodeStateAsUpdate(StateVector.EMPTY);
    }

    /** What a replica with that state vector lacks, and all deletions. */
    public byte[] encodeStateAsUpdate(StateVector known) {
        UpdateEncoder encoder = new UpdateEncoder();
        store.write(encoder, store.statesBeyond(known));
        DeleteSet.of(store).write(encoder.rest);
        List<byte[]> updates = new ArrayList<>();
        updates.add(encoder.toByteArray());
        if (!store.pending.deletions.isEmpty()) {
            updates.add(store.pending.deletionsAsUpdate());
        }
        if (store.pending.structs != null) {
            // What waits may overlap what is there, and differ from it if two sessions used one client id.
            updates.add(Updates.diff(store.pending.structs.update(), known.or(stateVector())));
        }
        return Updates.merge(updates);
    }

    public StateVector stateVector() {
        return store.stateVector();
    }

    /** Whether something waits for structs that have not come: until then what is visible may lack a part. */
    public boolean hasPending() {
        return !store.pending.isEmpty();
    }

    /** How many bytes wait. */
    public int pendingBytes() {
        return store.pending.bytes();
    }

    /** How many structs the document is made of, remains of deleted ones included: a measure of its memory. */
    public int structCount() {
        return store.clients.values().stream().mapToInt(StructList::size).sum();
    }

    YType root(String name) {
        return roots.computeIfAbsent(name, key -> YType.root(this, key));
    }

    void transact(Consumer<Transaction> body) {
        if (current != null) {
            body.accept(current);
            return;
        }
        Transaction transaction = new Transaction(this);
        current = transaction;
        try {
            body.accept(transaction);
        } finally {
            transaction.finish();
            current = null;
            tell(transaction);
        }
    }

    private void tell(Transaction transaction) {
        byte[] update = listeners.isEmpty() ? null : transaction.encode();
        if (update != null) {
            List.copyOf(listeners).forEach(listener -> listener.accept(update));
        }
    }

    private void integrate(Transaction transaction, Update update) {
        Pending pending = store.pending;
        Pending.Structs rest = new StructIntegrator(transaction, update).run();
        Pending.Structs waiting = pending.structs;
        boolean retry = waiting != null && waiting.worthATry(store);
        pending.structs = waiting == null ? rest : rest == null ? waiting : waiting.mergedWith(rest);

        DeleteSet unapplied = update.deletions.applyTo(transaction);
        DeleteSet stillUnapplied = pending.deletions.applyTo(transaction);
        if (!unapplied.isEmpty() && !stillUnapplied.isEmpty()) {
            unapplied.addAll(stillUnapplied);
            unapplied.sortAndMerge();
        }
        pending.deletions = unapplied.isEmpty() ? stillUnapplied : unapplied;

        if (retry && pending.structs != null) {
            byte[] again = pending.structs.update();
            pending.structs = null;
            integrate(transaction, UpdateDecoder.decode(again));
        }
    }
}
