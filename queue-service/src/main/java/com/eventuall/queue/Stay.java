package com.eventuall.queue;

/**
 * Somebody on stage, as it is announced.
 *
 * @param requestId the request that led here
 * @param stayId names this stay: the Yjs id of the edit that began it
 * @param enteredAt epoch milliseconds on the clock of the store; {@link #NOW} until the store has said it
 */
public record Stay(String userId, String name, long requestedAt, String requestId, String stayId, long enteredAt) {

    /** Stands for the moment at which the store takes it over. */
    public static final long NOW = -1;

    static Stay begin(QueueEntry entry) {
        return new Stay(entry.userId(), entry.name(), entry.requestedAt(), entry.requestId(), entry.listId(), NOW);
    }

    Stay continuedBy(QueueEntry entry) {
        return new Stay(userId, entry.name(), requestedAt, requestId, stayId, enteredAt);
    }

    Stay enteredAt(long moment) {
        return enteredAt == NOW ? new Stay(userId, name, requestedAt, requestId, stayId, moment) : this;
    }
}
