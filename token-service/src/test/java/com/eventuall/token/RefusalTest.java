package com.eventuall.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.local.passes.PassRequest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RefusalTest extends ServiceTest {
    private static final List<String> ROUTES = List.of("/join", "/livekit-token", "/chat-token");

    /** A way to ask wrongly: its name, the status it deserves, the code, and the pass that it shows. */
    record Attempt(String name, int status, String code, Function<RefusalTest, String> pass) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Attempt> attempts() {
        return Stream.of(
                new Attempt("garbage", 401, "pass-invalid", test -> "abc.def.ghi"),
                new Attempt("expired", 401, "pass-expired", test -> test.issue(good().withTtlSeconds(-10))),
                new Attempt("alg none", 401, "pass-invalid", test -> test.passes.issueUnsigned(good())),
                new Attempt(
                        "HS256 with the public key",
                        401,
                        "pass-invalid",
                        test -> test.passes.issueSignedWithPublicKey(good())),
                new Attempt(
                        "other claims under an old signature",
                        401,
                        "pass-invalid",
                        test -> test.passes.issueTampered(good(), PassRequest.moderator("e1", "u-1"))),
                wrong("wrong iss", "iss", "https://elsewhere.example"),
                wrong("wrong aud", "aud", "another-system"),
                wrong("no exp", "exp", null),
                wrong("no iat", "iat", null),
                wrong("no sub", "sub", null),
                wrong("malformed sub", "sub", "a b"),
                wrong("no event", "event_id", null),
                wrong("event of the wrong type", "event_id", 7),
                wrong("no groups", "groups", null),
                wrong("unknown group", "groups", List.of("root")),
                wrong("not yet valid", "nbf", System.currentTimeMillis() / 1000 + 600),
                new Attempt(
                        "issued in the future",
                        401,
                        "pass-invalid",
                        test -> test.issue(good().withClaim("iat", System.currentTimeMillis() / 1000 + 3600)
                                .withTtlSeconds(7200))),
                wrong("life over 12 hours", "exp", System.currentTimeMillis() / 1000 + 13 * 3600),
                new Attempt(
                        "other event", 403, "wrong-event", test -> test.issue(PassRequest.participant("e2", "u-1"))),
                new Attempt("other room", 403, "wrong-room", test -> test.issue(good().withRooms(List.of("side")))),
                new Attempt("no room at all", 403, "wrong-room", test -> test.issue(good().withRooms(List.of()))));
    }

    static Stream<Arguments> everyRouteAndAttempt() {
        return ROUTES.stream().flatMap(route -> attempts().map(attempt -> Arguments.of(route, attempt)));
    }

    @ParameterizedTest
    @MethodSource("everyRouteAndAttempt")
    void wrongPassIsRefused(String route, Attempt attempt) {
        refused(
                given().header("Authorization", "Bearer " + attempt.pass.apply(this))
                        .post(ROOM + route),
                attempt.status,
                attempt.code);
    }

    static Stream<String> routes() {
        return ROUTES.stream();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void noPassIsRefused(String route) {
        refused(given().post(ROOM + route), 401, "pass-missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//v1/events/e1/rooms/main/join",
                "/v1;x=y/events/e1/rooms/main/join",
                "/v1/webhooks/../events/e1/rooms/main/join",
                "/v1/webhooks/%2e%2e/events/e1/rooms/main/join",
                "/%76%31/events/e1/rooms/main/join",
                "/v1/events/e1/rooms/main/join/",
            })
    void noSpellingOfAPathIsAWayRound(String path) {
        Response response = given().urlEncodingEnabled(false).post(path);
        assertThat(response.statusCode()).isIn(401, 404);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void passInTheAddressIsRefused(String route) {
        refused(given().post(ROOM + route + "?token=" + issue(good())), 400, "token-in-query");
        refused(given().auth().oauth2(issue(good())).post(ROOM + route + "?access_token=x"), 400, "token-in-query");
    }

    @Test
    void malformedIdsAreNamed() {
        String pass = issue(good());
        refused(given().auth().oauth2(pass).post("/v1/events/e%201/rooms/main/join"), 400, "invalid-id");
        refused(given().auth().oauth2(pass).post("/v1/events/e1/rooms/" + "r".repeat(65) + "/join"), 400, "invalid-id");
    }

    @Test
    void unknownRoutesAndMethodsAreProblemsToo() {
        String pass = issue(good());
        refused(given().auth().oauth2(pass).post("/v1/events/e1/rooms/main/nothing"), 404, "not-found");
        refused(given().auth().oauth2(pass).get("/nowhere"), 404, "not-found");
        refused(given().auth().oauth2(pass).get(ROOM + "/join"), 405, "method-not-allowed");
    }

    @Test
    void oversizedBodyIsRefusedBeforeItIsRead() {
        refused(
                given().contentType("application/webhook+json")
                        .body(new byte[300 * 1024])
                        .post("/v1/webhooks/livekit"),
                413,
                "too-large");
    }

    @Test
    void otherContentTypeIsRefused() {
        refused(
                given().contentType("text/xml").body("<a/>").post("/v1/webhooks/livekit"),
                415,
                "unsupported-media-type");
    }

    private String issue(PassRequest request) {
        return passes.issue(request);
    }

    private static PassRequest good() {
        return PassRequest.participant("e1", "u-1");
    }

    private static Attempt wrong(String name, String claim, @org.jspecify.annotations.Nullable Object value) {
        return new Attempt(name, 401, "pass-invalid", test -> test.issue(good().withClaim(claim, value)));
    }

    private static void refused(Response response, int status, String code) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        JsonObject problem = new JsonObject(response.asString());
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(problem.getString("type")).isEqualTo("https://eventuall.com/problems/" + code);
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(response.asString()).doesNotContain("Exception", "at com.", "at io.");
    }
}
