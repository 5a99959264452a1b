package com.eventuall.queue.redis;

import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.QueueChanged;
import com.eventuall.contracts.events.StageEntered;
import com.eventuall.contracts.events.StageExited;
import com.eventuall.contracts.events.StageRequested;
import com.eventuall.contracts.events.StageWithdrawn;
import com.eventuall.queue.RoomStore;
import com.eventuall.queue.StageFact;
import com.eventuall.queue.Stay;
import com.eventuall.queue.Waiting;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One publication in the form in which the script takes it: lists, people on stage, events. */
final class Announcement {

    private final RoomKey room;
    private final RoomStore.Publication publication;

    /** Texts that nobody can have put into a name: the script replaces them. Letters and digits, as Lua takes a pattern. */
    private final String unique = UUID.randomUUID().toString().replace("-", "");

    private final String now = "now" + unique;
    private final String revision = "revision" + unique;

    Announcement(RoomKey room, RoomStore.Publication publication) {
        this.room = room;
        this.publication = publication;
    }

    /** From the texts to replace on. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add('"' + now + '"');
        arguments.add('"' + revision + '"');
        arguments.add(PublishedJson.lists(publication.pending(), publication.live(), now));
        arguments.add(Integer.toString(publication.live().size()));
        for (Stay stay : publication.live()) {
            arguments.add(stay.userId());
            arguments.add(PublishedJson.live(stay, now));
        }
        List<String> events = events();
        arguments.add(Integer.toString(events.size() / 3));
        arguments.addAll(events);
        arguments.add(publication.trace() == null ? "" : publication.trace());
        return arguments;
    }

    private List<String> events() {
        List<String> events = new ArrayList<>();
        publication.facts().forEach(fact -> add(events, fact));
        if (publication.changed()) {
            add(events, EventType.QUEUE_CHANGED, queueChanged());
        }
        return events;
    }

    private void add(List<String> events, StageFact fact) {
        if (fact instanceof StageFact.Requested requested) {
            add(events, EventType.STAGE_REQUESTED, requested(requested.request()));
        } else if (fact instanceof StageFact.Withdrawn withdrawn) {
            add(events, EventType.STAGE_WITHDRAWN, withdrawn(withdrawn));
        } else if (fact instanceof StageFact.Entered entered) {
            add(events, EventType.STAGE_ENTERED, entered(entered.stay()));
        } else if (fact instanceof StageFact.Exited exited) {
            add(events, EventType.STAGE_EXITED, exited(exited));
        }
    }

    private static void add(List<String> events, EventType type, ObjectNode data) {
        events.add(UuidCreator.getTimeOrderedEpoch().toString());
        events.add(type.type());
        events.add(PublishedJson.write(data));
    }

    private ObjectNode requested(Waiting request) {
        return PublishedJson.tree(new StageRequested(
                room.eventId(),
                room.roomId(),
                request.userId(),
                request.name(),
                request.requestId(),
                request.requestedAt()));
    }

    private ObjectNode withdrawn(StageFact.Withdrawn withdrawn) {
        Waiting request = withdrawn.request();
        ObjectNode data = PublishedJson.tree(new StageWithdrawn(
                room.eventId(), room.roomId(), request.userId(), request.requestId(), 0, withdrawn.outcome()));
        return data.put("withdrawnAt", now);
    }

    private ObjectNode entered(Stay stay) {
        ObjectNode data = PublishedJson.tree(
                new StageEntered(room.eventId(), room.roomId(), stay.userId(), stay.stayId(), 0, stay.requestId()));
        return PublishedJson.putTime(data, "enteredAt", stay.enteredAt(), now);
    }

    private ObjectNode exited(StageFact.Exited exited) {
        Stay stay = exited.stay();
        ObjectNode data = PublishedJson.tree(new StageExited(
                room.eventId(), room.roomId(), stay.userId(), stay.stayId(), stay.enteredAt(), 0, exited.reason()));
        return data.put("exitedAt", now);
    }

    private ObjectNode queueChanged() {
        ObjectNode data = PublishedJson.tree(new QueueChanged(
                room.eventId(),
                room.roomId(),
                0,
                publication.pending().stream().map(Waiting::userId).toList(),
                publication.live().stream().map(Stay::userId).toList()));
        return data.put("revision", revision);
    }
}
