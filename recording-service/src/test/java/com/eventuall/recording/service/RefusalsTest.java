package com.eventuall.recording.service;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.eventuall.contracts.Role;
import com.eventuall.local.passes.PassRequest;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RefusalsTest extends ServiceTest {
    @Inject
    Pool pool;

    @Test
    void startStopAndRetryNeedAModerator() {
        String some = UUID.randomUUID().toString();
        for (String route : new String[] {"", "/" + some + "/stop", "/" + some + "/clips/" + some + "/retry"}) {
            as(Role.PARTICIPANT).post(path() + route).then().statusCode(403).body("code", equalTo("not-a-moderator"));
        }
        assertThat(vendors.streams()).noneMatch(s -> s.encode().contains(roomId));
    }

    @Test
    void aPassForAnotherEventOpensNothing() {
        String other = passes.issue(PassRequest.participant("e2", "mod").withRole(Role.MODERATOR));
        given().auth().oauth2(other).post(path()).then().statusCode(403);
        given().auth().oauth2(other).get(path()).then().statusCode(403);
        given().get(path()).then().statusCode(401);
    }

    @Test
    void aRecordingOfAnotherRoomIsNotFound() {
        String id = start();
        String elsewhere = "/v1/events/e1/rooms/elsewhere/recordings/" + id;
        as(Role.MODERATOR).get(elsewhere).then().statusCode(404);
        as(Role.MODERATOR).post(elsewhere + "/stop").then().statusCode(404);
        as(Role.MODERATOR).get(path() + "/no-uuid").then().statusCode(404);
        stop(id);
        awaitState(id, "CANCELLED", "READY");
    }

    @Test
    void aBodyThatMakesNoSenseIsRefused() {
        as(Role.MODERATOR).body("{\"layout\":\"mine\"}").post(path()).then().statusCode(400);
        as(Role.MODERATOR).body("[1").post(path()).then().statusCode(400);
    }

    @Test
    void theKeyOfTheStreamIsNeitherAnsweredNorLoggedNorStoredNorPublished() {
        StringBuffer logged = new StringBuffer();
        Handler handler = capture(logged);
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        try {
            org.jboss.logging.Logger.getLogger(RefusalsTest.class).info("what is logged is seen here");
            assertThat(logged.toString()).contains("what is logged is seen here");
            vendors.livekitFault("StartRoomCompositeEgress", roomId, 1, "error", Duration.ZERO);
            String id = startedRecording();
            String key = vendors.streamsOf(id).get(0).getString("stream_key");
            String answers = as(Role.MODERATOR).get(path() + "/" + id).asString()
                    + as(Role.MODERATOR).get(path()).asString();
            stop(id);
            awaitState(id, "READY");
            assertThat(answers).contains(id).doesNotContain(key);
            assertThat(logged.toString()).doesNotContain(key);
            assertThat(stored("select encode(stream_key, 'escape') from recording where id = '" + id + "'"))
                    .isNotEmpty()
                    .doesNotContain(key);
            assertThat(stored("select string_agg(data, ' ') from outbox")).doesNotContain(key);
        } finally {
            root.removeHandler(handler);
        }
    }

    private static Handler capture(StringBuffer into) {
        Formatter formatter = new SimpleFormatter();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                into.append(formatter.format(record));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.ALL);
        return handler;
    }

    private String stored(String query) {
        return pool.query(query).executeAndAwait().iterator().next().getValue(0) instanceof String text ? text : "";
    }

    @Test
    void webhooksThatMuxDidNotSignOrNotNowAreRefusedAndLeaveNoTrace() {
        String secret = Vendors.MUX.webhookSecret();
        String body = event(UUID.randomUUID().toString(), "rec:test:" + UUID.randomUUID());
        long now = Instant.now().getEpochSecond();
        String good = sign(secret, now, body);
        Map<String, String> refused = new LinkedHashMap<>();
        refused.put("", body);
        refused.put("nonsense", body);
        refused.put("t=" + now, body);
        refused.put("v1=" + good, body);
        refused.put("t=" + now + ",v1=", body);
        refused.put("t=" + now + ",v0=" + good, body);
        refused.put("t=" + now + ",v1=" + "0".repeat(64), body);
        refused.put("t=" + now + ",v1=" + good.substring(2), body);
        refused.put("t=" + now + ",v1=" + good + "00", body);
        refused.put("t=" + (now + 1) + ",v1=" + good, body);
        refused.put("t=" + (now - 1) + ",v1=" + good, body);
        refused.put("t=-" + now + ",v1=" + good, body);
        refused.put("t=99999999999999999999,v1=" + good, body);
        refused.put("t=" + now + ",v1=" + sign("another secret", now, body), body);
        refused.put("t=" + (now - 400) + ",v1=" + sign(secret, now - 400, body), body);
        refused.put("t=" + (now + 400) + ",v1=" + sign(secret, now + 400, body), body);
        refused.put("t=" + now + ",v1=" + good + ",".repeat(2000), body);
        for (int at = 0; at < body.length(); at += 7) {
            // The same header each time, with blanks that a checker may skip, so that the map keeps every case.
            char[] altered = body.toCharArray();
            altered[at] ^= 1;
            refused.put(" ".repeat(at) + "t=" + now + ",v1=" + good, new String(altered));
        }
        long before = takenIn();
        webhook(null, body, 401);
        refused.forEach((signature, altered) -> webhook(signature, altered, 401));
        webhook("t=" + now + ",v1=" + sign(secret, now, "not json"), "not json", 400);
        webhook("t=" + now + ",v1=" + sign(secret, now, "{}"), "{}", 400);
        webhook("t=" + now + ",v1=" + sign(secret, now, "[]"), "[]", 400);
        int cases = refused.size() + 4;
        System.out.printf("webhooks of Mux: %d of %d refused%n", cases, cases);
        assertThat(takenIn()).isEqualTo(before);
    }

    /** Mux repeats webhooks itself, so a repeat is no error; but only the first one may wake the workflow. */
    @Test
    void aReplayedWebhookDoesNothing() {
        String id = startedRecording();
        String body = event(UUID.randomUUID().toString(), "rec:test:" + id);
        long now = Instant.now().getEpochSecond();
        String header = "t=" + now + ",v1=" + sign(Vendors.MUX.webhookSecret(), now, body);
        webhook(header, body, 204);
        long taken = takenIn();
        holdStill(id);
        webhook(header, body, 204);
        String twoValues = "t=" + now + ",v1=" + "0".repeat(64) + ",v1=" + sign(Vendors.MUX.webhookSecret(), now, body);
        webhook(twoValues, body, 204);
        assertThat(takenIn()).isEqualTo(taken);
        assertThat(pool.query("select woken from work where recording_id = '" + id + "'")
                        .executeAndAwait()
                        .iterator()
                        .next()
                        .getBoolean(0))
                .isFalse();
        release(id);
        stop(id);
        awaitState(id, "READY");
    }

    /** Takes the recording's work away from the runner, as another process would. */
    private void holdStill(String id) {
        await().atMost(SOON)
                .until(() -> pool.query("update work set leased_until = now() + interval '1 h', fence = fence + 1"
                                        + " where recording_id = '" + id + "' and not woken and leased_until is null")
                                .executeAndAwait()
                                .rowCount()
                        == 1);
    }

    private void release(String id) {
        pool.query("update work set leased_until = null where recording_id = '" + id + "'")
                .executeAndAwait();
    }

    /** News that were taken in so far. */
    private long takenIn() {
        return pool.query("select count(*) from inbox where source = 'mux'")
                .executeAndAwait()
                .iterator()
                .next()
                .getLong(0);
    }

    private static void webhook(String signature, String body, int status) {
        var request = given().contentType("application/json").body(body.getBytes(StandardCharsets.UTF_8));
        (signature == null ? request : request.header("Mux-Signature", signature))
                .post("/v1/webhooks/mux")
                .then()
                .statusCode(status);
    }

    private static String event(String id, String passthrough) {
        return new JsonObject()
                .put("type", "video.live_stream.active")
                .put("id", id)
                .put("data", new JsonObject().put("id", "LS1").put("passthrough", passthrough))
                .encode();
    }

    private static String sign(String secret, long time, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
