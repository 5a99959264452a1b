package com.eventuall.recording.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.sandbox.CallLog;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What vendors may do to a recording. Each test ends with nothing doubled and nothing left running. */
@QuarkusTest
class RecordingFaultsTest extends ServiceTest {
    private static final Duration NONE = Duration.ZERO;

    @ParameterizedTest
    @ValueSource(strings = {"error", "error-after-effect", "timeout-after-effect"})
    void anUncertainStreamIsFoundOrMadeOnce(String effect) {
        vendors.muxFault("createLiveStream", null, 1, effect, Duration.ofSeconds(10));
        String id = startedRecording();
        assertThat(vendors.streamsOf(id)).hasSize(1);
        endWell(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "error-after-effect", "timeout-after-effect"})
    void anUncertainEgressIsFoundOrMadeOnce(String effect) {
        vendors.livekitFault("StartRoomCompositeEgress", roomId, 1, effect, Duration.ofSeconds(10));
        String id = startedRecording();
        assertThat(vendors.egressesOf(room())).hasSize(1);
        endWell(id);
    }

    @Test
    void aVendorThatAsksToWaitIsWaitedFor() {
        vendors.muxError("createLiveStream", 2, 429, 1);
        String id = startedRecording();
        assertThat(vendors.streamsOf(id)).hasSize(1);
        endWell(id);
    }

    @Test
    void aVendorThatAsksToWaitIsLeftAloneWhoeverWakesTheRecording() {
        String id = startedRecording();
        vendors.muxError("getLiveStream", 1, 429, 3);
        await().atMost(SOON).until(() -> vendors.armed("getLiveStream") == 0);
        stop(id);
        awaitState(id, "READY");

        assertThat(CallLog.hasty(vendors.muxCalls())).isEmpty();
    }

    @Test
    void aRefusedStreamFailsTheRecordingAfterThreeTries() {
        vendors.muxError("createLiveStream", 3, 422, null);
        String id = start();
        JsonPath failed = awaitState(id, "FAILED", "RECORDING");
        assertThat(failed.getString("state")).isEqualTo("FAILED");
        assertThat(failed.getString("reason")).isEqualTo("stream-refused");
        assertThat(failed.getString("detail")).isEqualTo("http_422");
        assertThat(vendors.streamsOf(id)).isEmpty();
    }

    @Test
    void anEgressThatNeverStartsIsReplacedAndAfterThreeTriesGivenUp() {
        vendors.livekitFault("egress", roomId, 3, "fail", NONE);
        String id = start();
        JsonPath failed = awaitState(id, "FAILED");
        assertThat(failed.getString("reason")).isEqualTo("egress-start-failed");
        assertThat(vendors.egressesOf(room())).hasSize(3);
        assertThat(vendors.streamsOf(id)).isEmpty();
    }

    @Test
    void aSlowEgressIsStoppedAndReplaced() {
        vendors.livekitFault("egress", roomId, 1, "slow-start", Duration.ofSeconds(30));
        String id = startedRecording();
        assertThat(vendors.egressesOf(room()))
                .extracting(e -> e.getString("status"))
                .containsExactly("EGRESS_ABORTED", "EGRESS_ACTIVE");
        endWell(id);
    }

    @Test
    void anEgressLostInsideTheWindowContinuesTheSameAssetOnTheSameKey() {
        String id = startedRecording();
        vendors.livekitFault("egress", roomId, 1, "fail", NONE);
        await().atMost(SOON)
                .until(() -> vendors.egressesOf(room()).stream()
                        .map(e -> e.getString("status"))
                        .toList()
                        .equals(List.of("EGRESS_FAILED", "EGRESS_ACTIVE")));
        await().atMost(SOON).until(() -> get(id).getString("reason") == null);
        assertThat(get(id).getString("state")).isEqualTo("RECORDING");
        stop(id);
        awaitState(id, "READY");
        assertThat(vendors.assetsOf(id)).hasSize(1);
        assertThat(vendors.assetsOf(id).get(0).getJsonArray("recording_times")).hasSize(2);
    }

    @Test
    void anEgressLostForGoodEndsTheRecordingWithWhatThereIs() {
        String id = startedRecording();
        vendors.livekitFault("egress", roomId, 10, "fail", NONE);
        JsonPath ready = awaitState(id, "READY", "FAILED");
        assertThat(ready.getString("state")).isEqualTo("READY");
        assertThat(ready.getString("reason")).isEqualTo("egress-lost");
        assertThat(vendors.assetsOf(id)).hasSize(1);
    }

    @Test
    void aDisconnectBeyondTheWindowLeavesTwoAssetsAndBothAreKept() {
        String id = startedRecording();
        vendors.muxFault("stream", id, 1, "disconnect", Duration.ofSeconds(8));
        await().atMost(SOON).until(() -> vendors.assetsOf(id).size() == 2);
        awaitActive(id);
        stop(id);
        JsonPath ready = awaitState(id, "READY", "FAILED");
        assertThat(ready.getString("state")).isEqualTo("READY");
        assertThat(ready.getList("assets")).hasSize(2);
    }

    private void awaitActive(String id) {
        await().atMost(SOON)
                .until(() -> "active".equals(vendors.streamsOf(id).get(0).getString("status")));
    }

    @Test
    void aRoomWhereNobodyIsIsRecordedWithoutClips() {
        String id = startedRecording();
        stop(id);
        JsonPath ready = awaitState(id, "READY", "FAILED", "CANCELLED");
        assertThat(ready.getString("state")).isEqualTo("READY");
        assertThat(ready.getList("assets")).hasSize(1);
        assertThat(ready.getList("clips")).isEmpty();
    }

    @Test
    void aRoomThatClosesEndsItsRecording() {
        String id = startedRecording();
        vendors.closeRoom(room());
        JsonPath ready = awaitState(id, "READY", "FAILED");
        assertThat(ready.getString("state")).isEqualTo("READY");
        assertThat(ready.getString("reason")).isEqualTo("room-closed");
    }

    @Test
    void anErroredAssetFailsTheRecordingAndSaysWhatExists() {
        String id = startedRecording();
        vendors.muxFault("asset", id, 1, "asset-errored", NONE);
        stop(id);
        JsonPath failed = awaitState(id, "READY", "FAILED");
        assertThat(failed.getString("state")).isEqualTo("FAILED");
        assertThat(failed.getString("reason")).isEqualTo("asset-errored");
        assertThat(failed.getString("detail")).isEqualTo("0 of 1 assets exist");
    }

    @Test
    void oneOfTwoAssetsErroredFailsTheRecordingAndNamesTheOther() {
        String id = startedRecording();
        vendors.muxFault("stream", id, 1, "disconnect", Duration.ofSeconds(8));
        await().atMost(SOON).until(() -> vendors.assetsOf(id).size() == 2);
        awaitActive(id);
        vendors.muxFault("asset", id, 1, "asset-errored", NONE);
        stop(id);
        JsonPath failed = awaitState(id, "READY", "FAILED");
        assertThat(failed.getString("state")).isEqualTo("FAILED");
        assertThat(failed.getString("detail")).startsWith("1 of 2 assets exist: ");
        assertThat(failed.getString("playbackUrl")).isNotNull();
    }

    @Test
    void aStopBeforeThereIsAStreamCancels() {
        vendors.muxError("createLiveStream", 1000, 429, 1);
        String id = start();
        awaitState(id, "CREATING_STREAM");
        stop(id);
        vendors.clearFaults();
        assertThat(awaitState(id, "CANCELLED", "READY", "FAILED").getString("state"))
                .isEqualTo("CANCELLED");
        assertThat(vendors.streamsOf(id)).isEmpty();
        assertThat(vendors.egressesOf(room())).isEmpty();
    }

    @Test
    void aStopWhileTheEgressStartsCancels() {
        vendors.livekitFault("egress", roomId, 1, "slow-start", Duration.ofSeconds(30));
        String id = start();
        awaitState(id, "STARTING_EGRESS");
        stop(id);
        assertThat(awaitState(id, "CANCELLED", "READY", "FAILED").getString("state"))
                .isEqualTo("CANCELLED");
        assertThat(vendors.streamsOf(id)).isEmpty();
        assertThat(vendors.egressesOf(room()))
                .extracting(e -> e.getString("status"))
                .containsExactly("EGRESS_ABORTED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"completeLiveStream", "disableLiveStream", "listAssets", "getLiveStream"})
    void aMuxCallThatFailsThriceDelaysOnly(String operation) {
        String id = startedRecording();
        vendors.muxFault(operation, null, 3, "error", NONE);
        endWell(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"StopEgress", "ListEgress"})
    void aLiveKitCallThatFailsThriceDelaysOnly(String operation) {
        String id = startedRecording();
        vendors.livekitFault(operation, null, 3, "error", NONE);
        endWell(id);
    }

    private void endWell(String id) {
        stop(id);
        JsonPath ready = awaitState(id, "READY", "FAILED", "CANCELLED");
        assertThat(ready.getString("state")).isEqualTo("READY");
        assertThat(vendors.assetsOf(id)).hasSize(1);
        assertThat(vendors.streamsOf(id)).extracting(s -> s.getString("status")).containsExactly("disabled");
        assertThat(vendors.egressesOf(room()))
                .noneMatch(e -> e.getString("status").equals("EGRESS_ACTIVE"));
    }
}
