package com.eventuall.sandbox.livekit;

import com.eventuall.sandbox.Sids;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.ParticipantPermission;
import livekit.LivekitModels.Room;
import livekit.LivekitModels.TrackInfo;
import livekit.LivekitRoom.CreateRoomRequest;
import livekit.LivekitWebhook.WebhookEvent;

/** All open rooms: who comes, goes and publishes, and the webhooks that tell of it. Belongs to the server's event loop. */
final class Rooms {
    private static final int EMPTY_TIMEOUT_SECONDS = 300;
    private static final int DEPARTURE_TIMEOUT_SECONDS = 20;

    private final Vertx vertx;
    private final Clock clock;
    private final Sids sids;
    private final LivekitWebhooks webhooks;
    private final List<RoomListener> listeners = new ArrayList<>();
    private final Map<String, LiveRoom> rooms = new LinkedHashMap<>();

    Rooms(Vertx vertx, Clock clock, Sids sids, LivekitWebhooks webhooks) {
        this.vertx = vertx;
        this.clock = clock;
        this.sids = sids;
        this.webhooks = webhooks;
    }

    void addListener(RoomListener listener) {
        listeners.add(listener);
    }

    void clear() {
        rooms.values().forEach(this::cancelClosing);
        rooms.clear();
    }

    Collection<LiveRoom> all() {
        return List.copyOf(rooms.values());
    }

    Optional<LiveRoom> find(String name) {
        return Optional.ofNullable(rooms.get(name));
    }

    LiveRoom get(String name) {
        return find(name).orElseThrow(() -> TwirpError.NOT_FOUND.refuse("requested room does not exist"));
    }

    ParticipantInfo participant(String room, String identity) {
        return find(room)
                .flatMap(found -> found.participant(identity))
                .orElseThrow(() -> TwirpError.NOT_FOUND.refuse("participant does not exist"));
    }

    /** Opens the room, or returns the open one unchanged. */
    LiveRoom open(CreateRoomRequest request) {
        LiveRoom existing = rooms.get(request.getName());
        if (existing != null) {
            return existing;
        }
        long now = clock.millis();
        LiveRoom room = new LiveRoom(Room.newBuilder()
                .setSid(sids.letters("RM_", 12))
                .setName(request.getName())
                .setEmptyTimeout(orDefault(request.getEmptyTimeout(), EMPTY_TIMEOUT_SECONDS))
                .setDepartureTimeout(orDefault(request.getDepartureTimeout(), DEPARTURE_TIMEOUT_SECONDS))
                .setMaxParticipants(request.getMaxParticipants())
                .setCreationTime(TimeUnit.MILLISECONDS.toSeconds(now))
                .setCreationTimeMs(now)
                .setMetadata(request.getMetadata())
                .build());
        rooms.put(request.getName(), room);
        send(room, WebhookEvent.newBuilder().setEvent("room_started").setRoom(room.info()));
        closeLater(room, room.info().getEmptyTimeout());
        return room;
    }

    private static int orDefault(int value, int standard) {
        return value == 0 ? standard : value;
    }

    /** Ends the room: everybody in it is disconnected. */
    void close(LiveRoom room) {
        cancelClosing(room);
        room.participants().forEach(one -> leave(room, one.getIdentity(), DisconnectReason.ROOM_DELETED));
        cancelClosing(room);
        Room last = room.info();
        rooms.remove(last.getName());
        send(room, WebhookEvent.newBuilder().setEvent("room_finished").setRoom(last));
        listeners.forEach(listener -> listener.roomFinished(last));
    }

    /** Lets somebody in; an earlier connection of the same identity is ended first. */
    ParticipantInfo join(String name, ParticipantInfo.Builder newcomer) {
        LiveRoom room = open(CreateRoomRequest.newBuilder().setName(name).build());
        leave(room, newcomer.getIdentity(), DisconnectReason.DUPLICATE_IDENTITY);
        long now = clock.millis();
        ParticipantInfo participant = newcomer.setSid(sids.letters("PA_", 12))
                .setState(ParticipantInfo.State.ACTIVE)
                .setJoinedAt(TimeUnit.MILLISECONDS.toSeconds(now))
                .setJoinedAtMs(now)
                .setVersion(1)
                .build();
        room.put(participant);
        if (room.hasOrdinaryParticipants()) {
            cancelClosing(room);
        }
        send(room, event("participant_joined", room, participant));
        return participant;
    }

    /** Ends somebody's connection; whether there was one. */
    boolean leave(LiveRoom room, String identity, DisconnectReason reason) {
        Optional<ParticipantInfo> left = room.take(identity);
        left.ifPresent(participant -> {
            participant.getTracksList().forEach(track -> sendTrack("track_unpublished", room, participant, track));
            ParticipantInfo gone = participant.toBuilder()
                    .clearTracks()
                    .setState(ParticipantInfo.State.DISCONNECTED)
                    .setDisconnectReason(reason)
                    .setVersion(participant.getVersion() + 1)
                    .build();
            send(room, event("participant_left", room, gone));
            if (!room.hasOrdinaryParticipants()) {
                closeLater(room, room.info().getDepartureTimeout());
            }
        });
        return left.isPresent();
    }

    /** Applies a change to somebody in the room and returns the new information. */
    ParticipantInfo change(String room, String identity, UnaryOperator<ParticipantInfo.Builder> change) {
        ParticipantInfo before = participant(room, identity);
        ParticipantInfo after = change.apply(before.toBuilder())
                .setVersion(before.getVersion() + 1)
                .build();
        get(room).put(after);
        return after;
    }

    /** Replaces the whole permission; tracks that it does not allow are unpublished. */
    void permit(String room, String identity, ParticipantPermission permission) {
        ParticipantInfo before = participant(room, identity);
        change(room, identity, builder -> builder.setPermission(permission));
        before.getTracksList().stream()
                .filter(track -> !mayPublish(permission, track))
                .forEach(track -> unpublish(room, identity, track.getSid()));
    }

    static boolean mayPublish(ParticipantPermission permission, TrackInfo track) {
        return permission.getCanPublish()
                && (permission.getCanPublishSourcesCount() == 0
                        || permission.getCanPublishSourcesList().contains(track.getSource()));
    }

    TrackInfo publish(String room, String identity, TrackInfo.Builder track) {
        TrackInfo published = track.setSid(sids.letters("TR_", 12)).build();
        if (!mayPublish(participant(room, identity).getPermission(), published)) {
            throw TwirpError.FAILED_PRECONDITION.refuse("participant may not publish this source");
        }
        ParticipantInfo publisher =
                change(room, identity, builder -> builder.addTracks(published).setIsPublisher(true));
        sendTrack("track_published", get(room), publisher, published);
        return published;
    }

    void unpublish(String room, String identity, String trackSid) {
        ParticipantInfo publisher = participant(room, identity);
        TrackInfo track = LiveRoom.track(publisher, trackSid)
                .orElseThrow(() -> TwirpError.NOT_FOUND.refuse("track is not published"));
        int index = publisher.getTracksList().indexOf(track);
        ParticipantInfo after = change(
                room, identity, builder -> builder.removeTracks(index).setIsPublisher(publisher.getTracksCount() > 1));
        sendTrack("track_unpublished", get(room), after, track);
    }

    private void sendTrack(String name, LiveRoom room, ParticipantInfo participant, TrackInfo track) {
        ParticipantInfo reference = ParticipantInfo.newBuilder()
                .setSid(participant.getSid())
                .setIdentity(participant.getIdentity())
                .setName(participant.getName())
                .build();
        send(
                room,
                WebhookEvent.newBuilder()
                        .setEvent(name)
                        .setRoom(room.reference())
                        .setParticipant(reference)
                        .setTrack(track));
    }

    private static WebhookEvent.Builder event(String name, LiveRoom room, ParticipantInfo participant) {
        return WebhookEvent.newBuilder().setEvent(name).setRoom(room.info()).setParticipant(participant);
    }

    private void send(LiveRoom room, WebhookEvent.Builder event) {
        webhooks.send(room.reference().getName(), event);
    }

    private void closeLater(LiveRoom room, int seconds) {
        cancelClosing(room);
        room.swapClosingTimer(vertx.setTimer(TimeUnit.SECONDS.toMillis(seconds), timer -> close(room)));
    }

    private void cancelClosing(LiveRoom room) {
        vertx.cancelTimer(room.swapClosingTimer(-1));
    }
}
