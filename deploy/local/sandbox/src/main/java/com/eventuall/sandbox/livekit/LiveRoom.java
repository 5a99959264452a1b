package com.eventuall.sandbox.livekit;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.Room;
import livekit.LivekitModels.TrackInfo;

/** One open room and who is in it. */
final class LiveRoom {
    private final Room.Builder room;
    private final Map<String, ParticipantInfo> participants = new LinkedHashMap<>();
    private long closingTimer = -1;

    LiveRoom(Room room) {
        this.room = room.toBuilder();
    }

    Room info() {
        List<ParticipantInfo> ordinary =
                participants.values().stream().filter(LiveRoom::isOrdinary).toList();
        return room.setNumParticipants(ordinary.size())
                .setNumPublishers((int) ordinary.stream()
                        .filter(one -> one.getTracksCount() > 0)
                        .count())
                .build();
    }

    /** The two fields that webhooks about tracks carry. */
    Room reference() {
        return Room.newBuilder().setSid(room.getSid()).setName(room.getName()).build();
    }

    void setMetadata(String metadata) {
        room.setMetadata(metadata);
    }

    void setActiveRecording(boolean active) {
        room.setActiveRecording(active);
    }

    Collection<ParticipantInfo> participants() {
        return List.copyOf(participants.values());
    }

    Optional<ParticipantInfo> participant(String identity) {
        return Optional.ofNullable(participants.get(identity));
    }

    void put(ParticipantInfo participant) {
        participants.put(participant.getIdentity(), participant);
    }

    Optional<ParticipantInfo> take(String identity) {
        return Optional.ofNullable(participants.remove(identity));
    }

    /** Egress and agents do not keep a room open and are not counted. */
    boolean hasOrdinaryParticipants() {
        return participants.values().stream().anyMatch(LiveRoom::isOrdinary);
    }

    private static boolean isOrdinary(ParticipantInfo participant) {
        return switch (participant.getKind()) {
            case EGRESS, AGENT -> false;
            default -> true;
        };
    }

    /** Remembers the timer that will close the room; returns the one that it replaces, -1 for none. */
    long swapClosingTimer(long timer) {
        long before = closingTimer;
        closingTimer = timer;
        return before;
    }

    static Optional<TrackInfo> track(ParticipantInfo participant, String sid) {
        return participant.getTracksList().stream()
                .filter(track -> track.getSid().equals(sid))
                .findFirst();
    }
}
