package com.eventuall.sandbox.livekit;

import com.eventuall.sandbox.Refusal;
import com.eventuall.sandbox.Reply;
import com.google.protobuf.Message;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.ParticipantPermission;
import livekit.LivekitModels.TrackInfo;
import livekit.LivekitModels.TrackSource;
import livekit.LivekitModels.TrackType;

/**
 * What browsers do by WebRTC, as plain routes (not part of LiveKit):
 *
 * <ul>
 *   <li>{@code POST /join} {@code {"token"}} as a browser would, or {@code {"room","identity","name"?,"metadata"?,"kind"?}}
 *   <li>{@code POST /leave} {@code {"room","identity"}}
 *   <li>{@code POST /publish} {@code {"room","identity","source"?,"name"?}}, source {@code CAMERA} by default
 *   <li>{@code POST /unpublish} {@code {"room","identity","trackSid"}}
 * </ul>
 */
final class ParticipantRoutes {
    private final Rooms rooms;
    private final LivekitTokens tokens;

    ParticipantRoutes(Rooms rooms, LivekitTokens tokens) {
        this.rooms = rooms;
        this.tokens = tokens;
    }

    void mount(Router api) {
        route(api, "/join", this::join);
        route(api, "/leave", this::leave);
        route(api, "/publish", this::publish);
        route(api, "/unpublish", this::unpublish);
    }

    private static void route(Router api, String path, Function<JsonObject, Reply> action) {
        api.post(path).handler(call -> {
            Reply reply;
            try {
                reply = action.apply(call.body().asJsonObject());
            } catch (Refusal refusal) {
                reply = refusal.reply();
            } catch (DecodeException | ClassCastException | IllegalArgumentException | NullPointerException e) {
                reply = TwirpError.INVALID_ARGUMENT.reply("not understood: " + e.getMessage());
            }
            reply.send(call.response());
        });
    }

    private Reply join(JsonObject body) {
        String token = body.getString("token");
        return ok(token == null ? joinByName(body) : joinByToken(token));
    }

    private ParticipantInfo joinByToken(String token) {
        Grants grants = tokens.verify(token);
        String room = grants.video().getString("room", "");
        if (!grants.has("roomJoin") || room.isEmpty() || grants.identity().isEmpty()) {
            throw TwirpError.UNAUTHENTICATED.refuse("permissions denied");
        }
        ParticipantInfo.Builder participant = ParticipantInfo.newBuilder()
                .setIdentity(grants.identity())
                .setName(grants.claims().getString("name", ""))
                .setMetadata(grants.claims().getString("metadata", ""))
                .setPermission(permission(grants));
        for (Map.Entry<String, Object> attribute : grants.claims().getJsonObject("attributes", new JsonObject())) {
            participant.putAttributes(attribute.getKey(), String.valueOf(attribute.getValue()));
        }
        return rooms.join(room, participant);
    }

    private static ParticipantPermission permission(Grants grants) {
        boolean publish = grants.hasUnlessDenied("canPublish");
        ParticipantPermission.Builder permission = ParticipantPermission.newBuilder()
                .setCanPublish(publish)
                .setCanSubscribe(grants.hasUnlessDenied("canSubscribe"))
                .setCanPublishData(grants.video().getBoolean("canPublishData", publish))
                .setCanUpdateMetadata(grants.has("canUpdateOwnMetadata"))
                .setHidden(grants.has("hidden"));
        if (grants.video().getJsonArray("canPublishSources") != null) {
            grants.video()
                    .getJsonArray("canPublishSources")
                    .forEach(source -> permission.addCanPublishSources(
                            TrackSource.valueOf(source.toString().toUpperCase(Locale.ROOT))));
        }
        return permission.build();
    }

    private ParticipantInfo joinByName(JsonObject body) {
        ParticipantPermission everything = ParticipantPermission.newBuilder()
                .setCanPublish(true)
                .setCanSubscribe(true)
                .setCanPublishData(true)
                .build();
        return rooms.join(
                required(body, "room"),
                ParticipantInfo.newBuilder()
                        .setIdentity(required(body, "identity"))
                        .setName(body.getString("name", ""))
                        .setMetadata(body.getString("metadata", ""))
                        .setKind(ParticipantInfo.Kind.valueOf(body.getString("kind", "STANDARD")))
                        .setPermission(everything));
    }

    private Reply leave(JsonObject body) {
        LiveRoom room = rooms.get(required(body, "room"));
        rooms.leave(room, required(body, "identity"), DisconnectReason.CLIENT_INITIATED);
        return Reply.noContent();
    }

    private Reply publish(JsonObject body) {
        TrackSource source = TrackSource.valueOf(body.getString("source", "CAMERA"));
        boolean audio = source == TrackSource.MICROPHONE || source == TrackSource.SCREEN_SHARE_AUDIO;
        TrackInfo.Builder track = TrackInfo.newBuilder()
                .setSource(source)
                .setType(audio ? TrackType.AUDIO : TrackType.VIDEO)
                .setMimeType(audio ? "audio/opus" : "video/VP8")
                .setName(body.getString("name", ""));
        return ok(rooms.publish(required(body, "room"), required(body, "identity"), track));
    }

    private Reply unpublish(JsonObject body) {
        rooms.unpublish(required(body, "room"), required(body, "identity"), required(body, "trackSid"));
        return Reply.noContent();
    }

    private static String required(JsonObject body, String name) {
        String value = body.getString(name);
        if (value == null || value.isEmpty()) {
            throw TwirpError.INVALID_ARGUMENT.refuse(name + " is missing");
        }
        return value;
    }

    private static Reply ok(Message message) {
        return Reply.bytes(200, "application/json", Twirp.json(message).getBytes(StandardCharsets.UTF_8));
    }
}
