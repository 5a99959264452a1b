package com.eventuall.presence;

/**
 * One continuous time on stage, still going on.
 *
 * @param stayId the queue's id of it
 * @param enteredAt epoch milliseconds
 */
public record Stay(String stayId, long enteredAt) {}
