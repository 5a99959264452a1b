package com.eventuall.presence;

import com.eventuall.contracts.Role;
import java.time.Duration;

/**
 * A wish to change a room, checked against its state inside the store's atomic step. Every operation is idempotent, so any
 * of them may be sent again when the outcome of the first try is unknown.
 */
public sealed interface RoomOp {

    /** A socket is open here, with this status. Also said again to bring a store back up to date. */
    record Here(String connectionId, String userId, String name, Role role, Status status, long openedAt)
            implements RoomOp {}

    /**
     * A socket of {@code node}, or if that is empty of the node that sends the batch, is closed. If it was the person's last one
     * they are offline after {@code grace}, at once if that is zero.
     */
    record Gone(String connectionId, String userId, String node, Duration grace) implements RoomOp {}

    /** A deadline of this person may have passed: offline after the grace, or removal. Empty id: the room's own deadline. */
    record Expire(String userId) implements RoomOp {
        static final Expire OF_ROOM = new Expire("");
    }

    /** Pin a track of {@code userId}. */
    record SetPin(String trackSid, String userId, String by) implements RoomOp {}

    /** Take a pin away. */
    record RemovePin(String trackSid) implements RoomOp {}

    /** Take all pins of a person away that were set up to {@code until} (epoch milliseconds). */
    record RemovePinsOf(String userId, long until) implements RoomOp {}

    /** Somebody is on stage; ignored unless {@code sequence} is newer than what is known of that person. */
    record EnterStage(String userId, Stay stay, long sequence) implements RoomOp {}

    /** Somebody is off the stage; ignored unless {@code sequence} is newer than what is known of that person. */
    record ExitStage(String userId, long sequence) implements RoomOp {}

    /** The queue's lists; ignored unless newer. */
    record SetQueue(QueueLists queue, long sequence) implements RoomOp {}

    /** A recording's state; ignored unless newer, or if it is about an older recording than the one shown. */
    record SetRecording(Recording recording, long sequence) implements RoomOp {}

    /** The chat conversation; ignored unless newer. */
    record SetChat(String conversationSid, long sequence) implements RoomOp {}

    /** After data loss: a person as a replica remembers them; ignored if the store knows them. */
    record RestorePerson(String userId, Participant participant) implements RoomOp {}

    /** After data loss: a pin as a replica remembers it; ignored if the store knows it. */
    record RestorePin(String trackSid, Pin pin) implements RoomOp {}

    /** After data loss: the newest sequence taken for a subject. */
    record RestoreSequence(String subject, long sequence) implements RoomOp {}
}
