package com.eventuall.token.http;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.EventuallConfig;
import com.eventuall.platform.auth.Pass;
import com.eventuall.token.TokenConfig;
import com.eventuall.token.TokenLife;
import com.eventuall.token.http.JoinAnswer.Address;
import com.eventuall.token.http.JoinAnswer.ChatAccess;
import com.eventuall.token.http.JoinAnswer.LivekitAccess;
import com.eventuall.token.http.JoinAnswer.User;
import com.eventuall.token.livekit.LivekitConfig;
import com.eventuall.token.livekit.LivekitTokens;
import com.eventuall.token.redis.RoomDirectory.Place;
import com.eventuall.token.twilio.TwilioTokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Makes the answers of the token routes from a pass and a place in a room. */
@ApplicationScoped
class TokenIssue {
    private final TokenConfig config;
    private final LivekitConfig livekitConfig;
    private final LivekitTokens livekitTokens;
    private final TwilioTokens twilioTokens;
    private final Clock clock;
    private final String socketOrigin;

    TokenIssue(
            TokenConfig config,
            EventuallConfig suite,
            LivekitConfig livekitConfig,
            LivekitTokens livekitTokens,
            TwilioTokens twilioTokens,
            Clock clock) {
        this.config = config;
        this.livekitConfig = livekitConfig;
        this.livekitTokens = livekitTokens;
        this.twilioTokens = twilioTokens;
        this.clock = clock;
        // https becomes wss, http becomes ws.
        this.socketOrigin =
                suite.publicUrl().toString().replaceFirst("^http", "ws").replaceFirst("/+$", "");
    }

    JoinAnswer join(Pass caller, RoomKey room, Place place) {
        String base = socketOrigin + "/v1/events/" + room.eventId() + "/rooms/" + room.roomId();
        return new JoinAnswer(
                livekit(caller, room, place),
                chat(caller, room, place),
                new Address(base + "/presence"),
                new Address(base + "/queue"),
                caller.role().wireName(),
                new User(caller.userId(), caller.name()));
    }

    LivekitAccess livekit(Pass caller, RoomKey room, Place place) {
        Instant now = clock.instant();
        Instant end = TokenLife.end(now, config.livekitLife(), caller.expiresAt(), Duration.ofSeconds(1));
        boolean mayPublish = config.publishPolicy().allows(caller.role(), place.onStage());
        String token = livekitTokens.sign(caller, room, mayPublish, now, end);
        return new LivekitAccess(livekitConfig.url(), token, room.key(), end.toEpochMilli());
    }

    ChatAccess chat(Pass caller, RoomKey room, Place place) {
        Instant now = clock.instant();
        Duration life = config.chatLife().compareTo(TwilioTokens.LONGEST_LIFE) > 0
                ? TwilioTokens.LONGEST_LIFE
                : config.chatLife();
        Instant end = TokenLife.end(now, life, caller.expiresAt(), TwilioTokens.LEAST_LIFE);
        String token = twilioTokens.sign(caller.userId(), now, end);
        return new ChatAccess(token, place.conversationSid().orElse(null), end.toEpochMilli());
    }
}
