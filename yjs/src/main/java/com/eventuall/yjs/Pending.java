package com.eventuall.yjs;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a document was sent but cannot take yet, because it refers to structs that have not come. It is part of the
 * document's state: whoever asks for the document gets it too.
 */
final class Pending {

    /**
     * Structs that wait, as one update.
     *
     * @param missing per client the clock that must be reached before another try makes sense
     */
    record Structs(Map<Long, Long> missing, byte[] update) {

        Structs mergedWith(Structs other) {
            Map<Long, Long> both = new TreeMap<>(missing);
            other.missing.forEach((client, clock) -> both.merge(client, clock, Math::min));
            return new Structs(both, Updates.merge(List.of(update, other.update)));
        }

        boolean worthATry(StructStore store) {
            return missing.entrySet().stream().anyMatch(entry -> entry.getValue() < store.state(entry.getKey()));
        }
    }

    @Nullable
    Structs structs;

    DeleteSet deletions = new DeleteSet();

    boolean isEmpty() {
        return structs == null && deletions.isEmpty();
    }

    /** The deletions that wait, as an update without structs. */
    byte[] deletionsAsUpdate() {
        Update update = new Update();
        update.deletions.addAll(deletions);
        return update.encode();
    }

    int bytes() {
        return (structs == null ? 0 : structs.update.length) + (deletions.isEmpty() ? 0 : deletionsAsUpdate().length);
    }
}
