package com.eventuall.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However the request is worded, a token gives no right at LiveKit or Twilio that the pass does not. */
@SecurityTest
class GrantTest {
    private static final String WISHES =
            "{\"canPublish\":true,\"roomAdmin\":true,\"roomCreate\":true,\"room\":\"e1:other\",\"identity\":\"admin\",\"video\":{\"roomAdmin\":true}}";
    private static final String QUERY =
            "?roomAdmin=true&roomCreate=true&room=e1:other&identity=admin&role=moderator&ttl=999999";

    static Stream<Arguments> requests() {
        List<Arguments> requests = new ArrayList<>();
        for (String role : List.of("participant", "moderator", "service")) {
            for (String route : List.of("join", "livekit-token", "chat-token")) {
                for (String query : List.of("", QUERY)) {
                    for (String body : List.of("", "{}", WISHES)) {
                        requests.add(Arguments.of(role, route, query, body));
                    }
                }
            }
        }
        return requests.stream();
    }

    @ParameterizedTest(name = "{0} {1}{2} {3}")
    @MethodSource("requests")
    void tokensHoldWhatThePassGives(
            String role, String route, String query, String body, Stack stack, Figures figures) {
        String user = "grant-" + role + "-" + route;
        HttpResponse<String> response = stack.post(
                "/v1/events/grants/rooms/main/" + route + query,
                body,
                "Authorization",
                "Bearer " + stack.pass(user, role, "grants"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        figures.refused(() -> {
            JsonNode answer = Stack.json(response);
            if (!route.equals("chat-token")) {
                livekit(figures, token(answer, "livekit"), user);
            }
            if (!route.equals("livekit-token")) {
                twilio(figures, token(answer, "chat"), user);
            }
        });
    }

    private static String token(JsonNode answer, String section) {
        return (answer.has(section) ? answer.get(section) : answer).get("token").asText();
    }

    private static void livekit(Figures figures, String token, String user) {
        figures.mustStaySecret("LiveKit token of " + user, token);
        JsonNode claims = claims(token);
        assertThat(claims.get("sub").asText()).isEqualTo(user);
        JsonNode video = claims.get("video");
        assertThat(video.get("room").asText()).isEqualTo("grants:main");
        List<String> given = new ArrayList<>();
        video.properties().forEach(grant -> {
            if (grant.getValue().asBoolean()) {
                given.add(grant.getKey());
            }
        });
        assertThat(given)
                .contains("roomJoin", "canSubscribe")
                .isSubsetOf("roomJoin", "canSubscribe", "canPublish", "canPublishData");
        assertShortLived(claims);
    }

    private static void twilio(Figures figures, String token, String user) {
        figures.mustStaySecret("Twilio token of " + user, token);
        JsonNode claims = claims(token);
        assertThat(claims.at("/grants/identity").asText()).isEqualTo(user);
        assertThat(claims.get("grants").properties())
                .extracting(entry -> entry.getKey())
                .containsExactlyInAnyOrder("identity", "chat");
        assertShortLived(claims);
    }

    private static void assertShortLived(JsonNode claims) {
        Instant end = Instant.ofEpochSecond(claims.get("exp").asLong());
        assertThat(end).isBefore(Instant.now().plus(Duration.ofHours(24)));
    }

    private static JsonNode claims(String token) {
        try {
            return Stack.JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
