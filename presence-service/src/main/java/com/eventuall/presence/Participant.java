package com.eventuall.presence;

import com.eventuall.contracts.Role;

/**
 * One person in a room.
 *
 * @param name display name, as the pass said
 * @param role what their pass lets them do
 * @param status how present they are
 * @param since epoch milliseconds since when they have had this status
 */
public record Participant(String name, Role role, Status status, long since) {}
