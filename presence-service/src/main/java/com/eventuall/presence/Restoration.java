package com.eventuall.presence;

import java.util.ArrayList;
import java.util.List;

/** What a replica can give back to a store that has lost its data. */
final class Restoration {
    private Restoration() {}

    /** Operations that rebuild {@code state}; each is ignored where the store knows better. */
    static List<RoomOp> of(RoomState state) {
        List<RoomOp> ops = new ArrayList<>();
        state.people().forEach((userId, person) -> ops.add(new RoomOp.RestorePerson(userId, person)));
        state.stage()
                .forEach((userId, stay) ->
                        ops.add(new RoomOp.EnterStage(userId, stay, sequence(state, Subjects.stage(userId)))));
        state.pins().forEach((trackSid, pin) -> ops.add(new RoomOp.RestorePin(trackSid, pin)));
        Facts facts = state.facts();
        if (facts.recording() != null) {
            ops.add(new RoomOp.SetRecording(facts.recording(), sequence(state, Subjects.RECORDING)));
        }
        if (facts.queue() != null) {
            ops.add(new RoomOp.SetQueue(facts.queue(), sequence(state, Subjects.QUEUE)));
        }
        if (facts.conversationSid() != null) {
            ops.add(new RoomOp.SetChat(facts.conversationSid(), sequence(state, Subjects.CHAT)));
        }
        state.sequences().forEach((subject, sequence) -> ops.add(new RoomOp.RestoreSequence(subject, sequence)));
        return ops;
    }

    private static long sequence(RoomState state, String subject) {
        return state.sequences().getOrDefault(subject, 0L);
    }
}
