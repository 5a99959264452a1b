package com.eventuall.recording;

import java.time.Instant;

/**
 * A LiveKit egress as last seen.
 *
 * @param id LiveKit's id, {@code EG_…}
 * @param status its status; {@link Status#ABSENT} when LiveKit does not know the id
 * @param roomName {@code eventId:roomId}
 * @param outputUrl where it pushes to, the key redacted by LiveKit
 * @param startedAt when LiveKit made it, epoch when unknown
 * @param details LiveKit's words on how it ended, may be empty
 */
public record EgressView(
        String id, Status status, String roomName, String outputUrl, Instant startedAt, String details) {

    /** LiveKit's states, and two of ours. */
    public enum Status {
        STARTING,
        ACTIVE,
        ENDING,
        COMPLETE,
        FAILED,
        ABORTED,
        LIMIT_REACHED,
        /** A status this version does not know: treated as still running. */
        UNKNOWN,
        /** LiveKit does not know the egress: it ended long ago. */
        ABSENT;

        /** Whether it will never push again. */
        public boolean over() {
            return switch (this) {
                case COMPLETE, FAILED, ABORTED, LIMIT_REACHED, ABSENT -> true;
                case STARTING, ACTIVE, ENDING, UNKNOWN -> false;
            };
        }
    }

    /** What is known of an egress LiveKit does not list. */
    public static EgressView absent(String id) {
        return new EgressView(id, Status.ABSENT, "", "", Instant.EPOCH, "");
    }

    /** Whether it ended because its room did. */
    boolean endedWithRoom() {
        return status == Status.COMPLETE && details.contains("Source closed");
    }
}
