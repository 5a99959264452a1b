package com.eventuall.chat;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** Lets those who ask for the same thing at once, on this replica, share one attempt at it. Nothing is remembered after. */
final class SingleFlight<K, V> {
    private final ConcurrentMap<K, Uni<V>> underWay = new ConcurrentHashMap<>();

    /** The outcome of the attempt that is under way for this key, or of a new one. */
    Uni<V> run(K key, Function<K, Uni<V>> attempt) {
        return Uni.createFrom()
                .deferred(() -> underWay.computeIfAbsent(
                        key,
                        fresh -> attempt.apply(fresh)
                                .onTermination()
                                .invoke(() -> underWay.remove(fresh))
                                .memoize()
                                .indefinitely()));
    }
}
