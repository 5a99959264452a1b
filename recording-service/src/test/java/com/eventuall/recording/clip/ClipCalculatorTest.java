package com.eventuall.recording.clip;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.recording.clip.RecordedAsset.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClipCalculatorTest {

    private static final Instant T0 = Instant.parse("2026-11-22T19:00:00Z");
    private static final ClipRules EXACT =
            new ClipRules(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(1));

    private final ClipCalculator calculator = new ClipCalculator(EXACT);

    @Test
    void aStayInsideOneSessionIsCutAsItWas() {
        assertThat(calculator.windows(List.of(stay("1", 10, 25.5)), List.of(asset("AS1", content(0, 60)))))
                .containsExactly(window("AS1", 10, 25.5, "1"));
    }

    @Test
    void aGapIsCutOutOfTheTimeLine() {
        var asset = asset("AS1", content(0, 20), content(30, 20));
        assertThat(calculator.windows(List.of(stay("1", 15, 35)), List.of(asset)))
                .containsExactly(window("AS1", 15, 25, "1"));
    }

    @Test
    void aStayWhollyInsideAGapMakesNoClip() {
        var asset = asset("AS1", content(0, 20), content(30, 20));
        assertThat(calculator.windows(List.of(stay("1", 22, 28)), List.of(asset)))
                .isEmpty();
    }

    @Test
    void slateCountsAsTimeAndMarksAClipThatIsMostlySlate() {
        var slate = new Segment(T0.plusSeconds(20), Duration.ofSeconds(10), true);
        var asset = asset("AS1", content(0, 20), slate, content(30, 20));
        assertThat(calculator.windows(List.of(stay("1", 18, 32)), List.of(asset)))
                .containsExactly(new ClipWindow("u", "AS1", seconds(18), seconds(32), List.of("1"), true));
        assertThat(calculator.windows(List.of(stay("1", 5, 32)), List.of(asset)))
                .containsExactly(new ClipWindow("u", "AS1", seconds(5), seconds(32), List.of("1"), false));
    }

    @Test
    void onStageFromBeforeTheStartAndStillOnStageAtTheEndIsTheWholeContent() {
        assertThat(calculator.windows(
                        List.of(new Stay("1", "u", T0.minusSeconds(300), null)), List.of(asset("AS1", content(0, 60)))))
                .containsExactly(window("AS1", 0, 60, "1"));
    }

    @Test
    void aStayOverTwoAssetsGivesOneClipOfEach() {
        var first = asset("AS1", content(0, 30));
        var second = asset("AS2", content(100, 30));
        assertThat(calculator.windows(List.of(stay("1", 20, 110)), List.of(second, first)))
                .containsExactly(window("AS1", 20, 30, "1"), window("AS2", 0, 10, "1"));
    }

    @Test
    void twoDevicesAndAQuickReturnBecomeOneClip() {
        assertThat(calculator.windows(
                        List.of(stay("1", 10, 20), stay("2", 12, 22), stay("3", 23.5, 30)),
                        List.of(asset("AS1", content(0, 60)))))
                .containsExactly(window("AS1", 10, 30, "1", "2", "3"));
    }

    @Test
    void aReturnAfterAWhileIsAClipOfItsOwn() {
        assertThat(calculator.windows(
                        List.of(stay("1", 10, 20), stay("2", 22, 30)), List.of(asset("AS1", content(0, 60)))))
                .containsExactly(window("AS1", 10, 20, "1"), window("AS1", 22, 30, "2"));
    }

    @Test
    void lessThanTheMinimumMakesNoClip() {
        assertThat(calculator.windows(
                        List.of(stay("1", 10, 10.9), stay("2", 59.5, 90)), List.of(asset("AS1", content(0, 60)))))
                .isEmpty();
    }

    @Test
    void padsAndOffsetMoveTheEndsButNeverBeyondTheAsset() {
        var generous = new ClipCalculator(
                new ClipRules(seconds(2), seconds(3), seconds(1.5), Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertThat(generous.windows(
                        List.of(stay("1", 0, 5), stay("2", 20, 30), stay("3", 55, 60)),
                        List.of(asset("AS1", content(0, 60)))))
                .containsExactly(
                        window("AS1", 0, 9.5, "1"), window("AS1", 19.5, 34.5, "2"), window("AS1", 54.5, 60, "3"));
    }

    @Test
    void theVendorsShorterDurationWins() {
        var asset = new RecordedAsset("AS1", Status.READY, null, seconds(58.4), List.of(content(0, 60)), null);
        assertThat(calculator.windows(List.of(new Stay("1", "u", T0.plusSeconds(50), null)), List.of(asset)))
                .containsExactly(window("AS1", 50, 58.4, "1"));
    }

    @Test
    void anAssetThatFailedIsLeftOut() {
        var errored = new RecordedAsset("AS1", Status.ERRORED, null, seconds(60), List.of(content(0, 60)), "bad");
        assertThat(calculator.windows(List.of(stay("1", 10, 20)), List.of(errored)))
                .isEmpty();
    }

    private static Stay stay(String id, double from, double to) {
        return new Stay(id, "u", T0.plus(seconds(from)), T0.plus(seconds(to)));
    }

    private static Segment content(double from, double length) {
        return new Segment(T0.plus(seconds(from)), seconds(length), false);
    }

    private static RecordedAsset asset(String id, Segment... segments) {
        return new RecordedAsset(id, Status.READY, null, Duration.ZERO, List.of(segments), null);
    }

    private static ClipWindow window(String asset, double from, double to, String... stays) {
        return new ClipWindow("u", asset, seconds(from), seconds(to), List.of(stays), false);
    }

    private static Duration seconds(double s) {
        return Duration.ofMillis(Math.round(s * 1000));
    }
}
