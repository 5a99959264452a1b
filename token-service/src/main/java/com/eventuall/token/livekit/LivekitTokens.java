package com.eventuall.token.livekit;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.auth.Pass;
import io.livekit.server.AccessToken;
import io.livekit.server.CanPublish;
import io.livekit.server.CanPublishData;
import io.livekit.server.CanSubscribe;
import io.livekit.server.RoomJoin;
import io.livekit.server.RoomName;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Date;

/** Signs LiveKit access tokens. CPU only, well under a millisecond. */
@ApplicationScoped
public class LivekitTokens {
    /** The participant attribute that says the role; participants cannot change their own attributes. */
    static final String ROLE_ATTRIBUTE = "role";

    private final LivekitConfig config;

    LivekitTokens(LivekitConfig config) {
        this.config = config;
    }

    /**
     * A token to join one room. {@code nbf} is set, so that LiveKit can void tokens by the moment of their issue; what the
     * person may not do is said, since LiveKit takes an absent grant as allowed.
     */
    public String sign(Pass pass, RoomKey room, boolean mayPublish, Instant now, Instant end) {
        AccessToken token = new AccessToken(config.apiKey(), config.apiSecret());
        token.setIdentity(pass.userId());
        token.setName(pass.name());
        token.setMetadata(new JsonObject()
                .put("eventId", room.eventId())
                .put("roomId", room.roomId())
                .encode());
        token.getAttributes().put(ROLE_ATTRIBUTE, pass.role().wireName());
        token.setNotBefore(Date.from(now));
        token.setExpiration(Date.from(end));
        token.addGrants(
                new RoomJoin(true),
                new RoomName(room.key()),
                new CanSubscribe(true),
                new CanPublish(mayPublish),
                new CanPublishData(mayPublish));
        return token.toJwt();
    }
}
