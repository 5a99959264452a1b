package com.eventuall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallLogTest {
    private static final Fault BUSY = new Fault("getAsset", null, 1, Fault.ERROR, 429, Duration.ZERO, 3);

    private final CallLog log = new CallLog(Clock.fixed(Instant.ofEpochMilli(7), ZoneOffset.UTC));

    @Test
    void aCallIsKeptWithTheSwitchThatItMet() {
        log.add("getAsset", "/assets/1", Optional.of(BUSY));
        log.add("getAsset", "/assets/1", Optional.empty());
        assertThat(log.toJson())
                .containsExactly(
                        new JsonObject()
                                .put("at", 7L)
                                .put("operation", "getAsset")
                                .put("path", "/assets/1")
                                .put("effect", "error")
                                .put("status", 429)
                                .put("retryAfterSeconds", 3),
                        new JsonObject()
                                .put("at", 7L)
                                .put("operation", "getAsset")
                                .put("path", "/assets/1"));
    }

    @Test
    void onlyTheLatestAreKept() {
        for (int i = 0; i < 1001; i++) {
            log.add("getAsset", "/assets/" + i, Optional.empty());
        }
        assertThat(log.toJson()).hasSize(1000);
        assertThat(log.toJson().getJsonObject(0).getString("path")).isEqualTo("/assets/1");
    }

    @Test
    void hastyIsACallWithinTheTimeThatAnotherWasRefusedFor() {
        JsonObject refused = call(1_000).put("retryAfterSeconds", 3);
        JsonObject again = call(4_000).put("retryAfterSeconds", 1);
        JsonArray calls = new JsonArray()
                .add(call(900))
                .add(refused)
                .add(call(1_300))
                .add(call(1_301))
                .add(call(3_949))
                .add(call(3_950))
                .add(again)
                .add(call(4_500))
                .add(call(5_000));

        assertThat(CallLog.hasty(calls)).containsExactly(call(1_301), call(3_949), call(4_500));
    }

    private static JsonObject call(long at) {
        return new JsonObject().put("at", at);
    }
}
