package com.eventuall.queue;

/**
 * Somebody on the pending list, as it is announced.
 *
 * @param requestedAt epoch milliseconds
 * @param requestId names this request
 */
public record Waiting(String userId, String name, long requestedAt, String requestId) {

    static Waiting of(QueueEntry entry) {
        return new Waiting(entry.userId(), entry.name(), entry.requestedAt(), entry.requestId());
    }
}
