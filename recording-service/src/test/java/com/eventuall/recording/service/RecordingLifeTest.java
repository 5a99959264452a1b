package com.eventuall.recording.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RecordingLifeTest extends ServiceTest {

    @Test
    void aRecordingRunsStopsAndIsReadyWithOneStreamOneEgressAndOneAsset() {
        String id = startedRecording();
        assertThat(get(id).getString("playbackUrl")).startsWith("https://stream.mux.com/");

        stop(id);
        JsonPath ready = awaitState(id, "READY", "FAILED");

        assertThat(ready.getString("state")).isEqualTo("READY");
        assertThat(ready.getString("reason")).isNull();
        assertThat(vendors.streamsOf(id)).hasSize(1);
        assertThat(vendors.streamsOf(id).get(0).getString("status")).isEqualTo("disabled");
        assertThat(vendors.egressesOf(room()))
                .extracting(e -> e.getString("status"))
                .containsExactly("EGRESS_COMPLETE");
        assertThat(vendors.assetsOf(id)).hasSize(1);
        JsonObject asset = vendors.assetsOf(id).get(0);
        assertThat(ready.getString("assets[0].id")).isEqualTo(asset.getString("id"));
    }
}
