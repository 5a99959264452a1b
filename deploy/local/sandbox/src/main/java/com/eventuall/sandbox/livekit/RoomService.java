package com.eventuall.sandbox.livekit;

import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.TrackInfo;
import livekit.LivekitRoom.CreateRoomRequest;
import livekit.LivekitRoom.DeleteRoomRequest;
import livekit.LivekitRoom.DeleteRoomResponse;
import livekit.LivekitRoom.ListParticipantsRequest;
import livekit.LivekitRoom.ListParticipantsResponse;
import livekit.LivekitRoom.ListRoomsRequest;
import livekit.LivekitRoom.ListRoomsResponse;
import livekit.LivekitRoom.MuteRoomTrackRequest;
import livekit.LivekitRoom.MuteRoomTrackResponse;
import livekit.LivekitRoom.RemoveParticipantResponse;
import livekit.LivekitRoom.RoomParticipantIdentity;
import livekit.LivekitRoom.SendDataRequest;
import livekit.LivekitRoom.SendDataResponse;
import livekit.LivekitRoom.UpdateParticipantRequest;
import livekit.LivekitRoom.UpdateRoomMetadataRequest;

/** {@code livekit.RoomService}: the methods that self-hosted LiveKit has and a back end uses. */
final class RoomService {
    private static final String NAME = "RoomService";
    private static final int NAME_LIMIT = 256;
    private static final int METADATA_LIMIT = 512 * 1024;

    private final Rooms rooms;

    RoomService(Rooms rooms) {
        this.rooms = rooms;
    }

    void mount(Twirp twirp) {
        twirp.method(
                NAME,
                "CreateRoom",
                CreateRoomRequest.getDefaultInstance(),
                (grants, request) -> grants.has("roomCreate"),
                this::create);
        twirp.method(
                NAME,
                "ListRooms",
                ListRoomsRequest.getDefaultInstance(),
                (grants, request) -> grants.has("roomList"),
                this::list);
        twirp.method(
                NAME,
                "DeleteRoom",
                DeleteRoomRequest.getDefaultInstance(),
                (grants, request) -> grants.has("roomCreate"),
                this::delete);
        twirp.method(
                NAME,
                "UpdateRoomMetadata",
                UpdateRoomMetadataRequest.getDefaultInstance(),
                (grants, request) -> grants.administers(request.getRoom()),
                this::updateMetadata);
        twirp.method(
                NAME,
                "SendData",
                SendDataRequest.getDefaultInstance(),
                (grants, request) -> grants.administers(request.getRoom()),
                this::sendData);
        mountParticipants(twirp);
    }

    private void mountParticipants(Twirp twirp) {
        twirp.method(
                NAME,
                "ListParticipants",
                ListParticipantsRequest.getDefaultInstance(),
                (grants, request) -> grants.administers(request.getRoom()),
                this::listParticipants);
        twirp.method(
                NAME,
                "GetParticipant",
                RoomParticipantIdentity.getDefaultInstance(),
                (grants, request) -> grants.administers(request.getRoom()),
                request -> rooms.participant(request.getRoom(), request.getIdentity()));
        twirp.method(
                NAME,
                "RemoveParticipant",
                RoomParticipantIdentity.getDefaultInstance(),
                (grants, request) -> grants.administers(request.getRoom()),
                this::remove);
        twirp.method(
                NAME,
                "UpdateParticipant",
                UpdateParticipantRequest.getDefaultInstance(),
                (grants, request) -> grants.administers(request.getRoom()),
                this::update);
        twirp.method(
                NAME,
                "MutePublishedTrack",
                MuteRoomTrackRequest.getDefaultInstance(),
                (grants, request) -> grants.administers(request.getRoom()),
                this::mute);
    }

    private Message create(CreateRoomRequest request) {
        if (request.getName().isEmpty()) {
            throw TwirpError.INVALID_ARGUMENT.refuse("room name is required");
        }
        limit("room name", request.getName(), NAME_LIMIT);
        limit("metadata", request.getMetadata(), METADATA_LIMIT);
        return rooms.open(request).info();
    }

    private Message list(ListRoomsRequest request) {
        ListRoomsResponse.Builder answer = ListRoomsResponse.newBuilder();
        rooms.all().stream()
                .map(LiveRoom::info)
                .filter(room ->
                        request.getNamesCount() == 0 || request.getNamesList().contains(room.getName()))
                .forEach(answer::addRooms);
        return answer.build();
    }

    private Message delete(DeleteRoomRequest request) {
        rooms.close(rooms.get(request.getRoom()));
        return DeleteRoomResponse.getDefaultInstance();
    }

    private Message updateMetadata(UpdateRoomMetadataRequest request) {
        limit("metadata", request.getMetadata(), METADATA_LIMIT);
        LiveRoom room = rooms.get(request.getRoom());
        if (!request.getMetadata().isEmpty()) {
            room.setMetadata(request.getMetadata());
        }
        return room.info();
    }

    private Message sendData(SendDataRequest request) {
        rooms.get(request.getRoom());
        return SendDataResponse.getDefaultInstance();
    }

    private Message listParticipants(ListParticipantsRequest request) {
        ListParticipantsResponse.Builder answer = ListParticipantsResponse.newBuilder();
        rooms.find(request.getRoom()).ifPresent(room -> answer.addAllParticipants(room.participants()));
        return answer.build();
    }

    private Message remove(RoomParticipantIdentity request) {
        rooms.participant(request.getRoom(), request.getIdentity());
        rooms.leave(rooms.get(request.getRoom()), request.getIdentity(), DisconnectReason.PARTICIPANT_REMOVED);
        return RemoveParticipantResponse.getDefaultInstance();
    }

    private Message update(UpdateParticipantRequest request) {
        limit("participant name", request.getName(), NAME_LIMIT);
        limit("metadata", request.getMetadata(), METADATA_LIMIT);
        rooms.change(request.getRoom(), request.getIdentity(), participant -> merge(participant, request));
        if (request.hasPermission()) {
            rooms.permit(request.getRoom(), request.getIdentity(), request.getPermission());
        }
        return rooms.participant(request.getRoom(), request.getIdentity());
    }

    /** Empty texts leave the old ones; an attribute set to the empty text is removed. */
    private static ParticipantInfo.Builder merge(
            ParticipantInfo.Builder participant, UpdateParticipantRequest request) {
        if (!request.getName().isEmpty()) {
            participant.setName(request.getName());
        }
        if (!request.getMetadata().isEmpty()) {
            participant.setMetadata(request.getMetadata());
        }
        request.getAttributesMap().forEach((name, value) -> {
            if (value.isEmpty()) {
                participant.removeAttributes(name);
            } else {
                participant.putAttributes(name, value);
            }
        });
        return participant;
    }

    private Message mute(MuteRoomTrackRequest request) {
        ParticipantInfo publisher = rooms.participant(request.getRoom(), request.getIdentity());
        TrackInfo track = LiveRoom.track(publisher, request.getTrackSid())
                .orElseThrow(() -> TwirpError.NOT_FOUND.refuse("track is not found"));
        if (!request.getMuted() && track.getMuted()) {
            throw TwirpError.FAILED_PRECONDITION.refuse("remote unmute not enabled");
        }
        TrackInfo changed = track.toBuilder().setMuted(request.getMuted()).build();
        int index = publisher.getTracksList().indexOf(track);
        rooms.change(request.getRoom(), request.getIdentity(), builder -> builder.setTracks(index, changed));
        return MuteRoomTrackResponse.newBuilder().setTrack(changed).build();
    }

    private static void limit(String what, String value, int bytes) {
        if (value.getBytes(StandardCharsets.UTF_8).length > bytes) {
            throw TwirpError.INVALID_ARGUMENT.refuse(what + " exceeds " + bytes + " bytes");
        }
    }
}
