package com.eventuall.presence.redis;

import com.eventuall.presence.RoomOp;
import java.util.List;
import java.util.Map;

/** Writes operations as {@code presence-apply.lua} reads them: {@code t_} names the operation, the rest are its arguments. */
final class OpWriter {
    private OpWriter() {}

    static String write(List<RoomOp> ops) {
        return Json.write(ops.stream().map(OpWriter::arguments).toList());
    }

    private static Map<String, Object> arguments(RoomOp op) {
        if (op instanceof RoomOp.Here here) {
            return Map.of(
                    "t_", "here",
                    "c", here.connectionId(),
                    "u", here.userId(),
                    "n", Json.write(here.name()),
                    "r", here.role().wireName(),
                    "s", here.status().wireName(),
                    "o", here.openedAt());
        } else if (op instanceof RoomOp.Gone gone) {
            return Map.of(
                    "t_", "gone",
                    "c", gone.connectionId(),
                    "u", gone.userId(),
                    "k", gone.node(),
                    "g", gone.grace().toMillis());
        } else if (op instanceof RoomOp.Expire expire) {
            return Map.of("t_", "expire", "u", expire.userId());
        }
        return op instanceof RoomOp.SetPin || op instanceof RoomOp.RemovePin || op instanceof RoomOp.RemovePinsOf
                ? pinArguments(op)
                : factArguments(op);
    }

    private static Map<String, Object> pinArguments(RoomOp op) {
        if (op instanceof RoomOp.SetPin pin) {
            return Map.of("t_", "pin", "t", pin.trackSid(), "u", pin.userId(), "b", pin.by());
        } else if (op instanceof RoomOp.RemovePin unpin) {
            return Map.of("t_", "unpin", "t", unpin.trackSid());
        } else if (op instanceof RoomOp.RemovePinsOf unpin) {
            return Map.of("t_", "unpinOf", "u", unpin.userId(), "until_", unpin.until());
        }
        throw new IllegalArgumentException("Not about pins: " + op);
    }

    private static Map<String, Object> factArguments(RoomOp op) {
        if (op instanceof RoomOp.EnterStage enter) {
            return sequenced("enter", enter.sequence(), "u", enter.userId(), "v", Json.stay(enter.stay()));
        } else if (op instanceof RoomOp.ExitStage exit) {
            return sequenced("exit", exit.sequence(), "u", exit.userId(), "v", "");
        } else if (op instanceof RoomOp.SetQueue queue) {
            return sequenced("queue", queue.sequence(), "v", Json.queue(queue.queue()), "i", "");
        } else if (op instanceof RoomOp.SetRecording set) {
            return sequenced(
                    "recording", set.sequence(), "i", set.recording().id(), "v", Json.recording(set.recording()));
        } else if (op instanceof RoomOp.SetChat chat) {
            return sequenced("chat", chat.sequence(), "v", Json.chat(chat.conversationSid()), "i", "");
        } else if (op instanceof RoomOp.RestorePerson person) {
            return Map.of("t_", "restorePerson", "u", person.userId(), "v", Json.row(person.participant()));
        } else if (op instanceof RoomOp.RestorePin pin) {
            return Map.of("t_", "restorePin", "t", pin.trackSid(), "v", Json.pin(pin.pin()));
        } else if (op instanceof RoomOp.RestoreSequence restore) {
            return sequenced("restoreSeq", restore.sequence(), "s", restore.subject(), "v", "");
        }
        throw new IllegalArgumentException("No such operation: " + op);
    }

    /** Sequences go as text: the script compares them as numbers, but must not print them in its own way. */
    private static Map<String, Object> sequenced(
            String name, long sequence, String key1, String value1, String key2, String value2) {
        return Map.of("t_", name, "q", Long.toString(sequence), key1, value1, key2, value2);
    }
}
