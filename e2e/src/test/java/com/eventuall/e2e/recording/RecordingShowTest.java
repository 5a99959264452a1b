package com.eventuall.e2e.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.eventuall.e2e.SharedStack;
import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Stage, recording, clips and viewers with the services' default settings, against the sandboxes. */
@ExtendWith(SharedStack.class)
class RecordingShowTest {
    /** The defaults of {@code recording.clip}; the sandboxes have no pipeline that would delay a moment by the offset. */
    private static final double SHIFT_OF_START = 2.0 - 2.0;

    private static final double SHIFT_OF_END = 2.0 + 1.0;
    private static final double TRUTH = 0.5;
    private static final Duration STAY = Duration.ofSeconds(4);

    private record Truth(String userId, double entered, double left) {}

    @Test
    void everyTimeOnStageIsAClipWithinHalfASecondOfTheTruth(Stack stack) {
        try (Show show = new Show(stack)) {
            show.requestStage("ann");
            show.requestStage("bo");
            String id = show.record();
            await().atMost(Show.LIMIT).until(() -> show.seen().path("status").asText(), "recording"::equals);
            assertThat(show.seen().path("id").asText()).isEqualTo(id);
            assertThat(show.seen().path("playbackUrl").asText()).startsWith("https://");
            recorded(show, id, Duration.ofSeconds(3));

            List<Truth> truths = new ArrayList<>();
            truths.add(stint(show, "ann"));
            truths.add(stint(show, "bo"));
            truths.add(stint(show, "ann"));
            recorded(show, id, Duration.ofSeconds(20));
            show.stop(id);
            JsonNode ready = show.awaitState(id, "READY");

            await().atMost(Show.LIMIT).until(() -> show.seen().path("status").asText(), "ready"::equals);
            check(show, id, ready, truths);
        }
    }

    /** Lets somebody be on stage for a while. */
    private static Truth stint(Show show, String userId) {
        double entered = show.approve(userId);
        await().pollDelay(STAY).until(() -> true);
        return new Truth(userId, entered, show.demote(userId));
    }

    /** Waits until the recording has run for some time. */
    private static void recorded(Show show, String id, Duration length) {
        long startedAt = show.recording(id).get("startedAt").asLong();
        await().atMost(Duration.ofMinutes(1)).until(() -> System.currentTimeMillis() > startedAt + length.toMillis());
    }

    private static void check(Show show, String id, JsonNode ready, List<Truth> truths) {
        List<JsonNode> recorded =
                show.assets(id).stream().filter(asset -> !isClip(asset)).toList();
        assertThat(recorded).hasSize(1);
        double origin = wallClock(recorded.get(0));
        List<JsonNode> clips =
                show.assets(id).stream().filter(RecordingShowTest::isClip).toList();
        assertThat(clips).hasSameSizeAs(truths);
        assertThat(ready.get("clips")).hasSameSizeAs(truths);
        List<Truth> ordered =
                truths.stream().sorted(Comparator.comparing(Truth::entered)).toList();
        List<JsonNode> made = clips.stream()
                .map(clip -> clip.get("inputs").get(0))
                .sorted(Comparator.comparing(input -> input.get("start_time").asDouble()))
                .toList();
        double worst = 0;
        for (int i = 0; i < ordered.size(); i++) {
            double start = origin + made.get(i).get("start_time").asDouble() - SHIFT_OF_START;
            double end = origin + made.get(i).get("end_time").asDouble() - SHIFT_OF_END;
            assertThat(start).isCloseTo(ordered.get(i).entered(), within(TRUTH));
            assertThat(end).isCloseTo(ordered.get(i).left(), within(TRUTH));
            worst = Math.max(worst, Math.abs(start - ordered.get(i).entered()));
            worst = Math.max(worst, Math.abs(end - ordered.get(i).left()));
        }
        System.out.printf(Locale.ROOT, "clips: at most %.3f s from the truth%n", worst);
        assertThat(StreamSupport.stream(ready.get("clips").spliterator(), false)
                        .map(clip -> clip.get("state").asText()))
                .containsOnly("READY");
    }

    private static boolean isClip(JsonNode asset) {
        return !asset.path("source_asset_id").asText("").isEmpty();
    }

    private static double wallClock(JsonNode asset) {
        String startedAt = asset.get("recording_times").get(0).get("started_at").asText();
        return Instant.parse(startedAt).toEpochMilli() / 1000.0;
    }

    @Test
    void viewersLearnOfALostEgressWithin35SecondsWithoutAnyWebhook(Stack stack) {
        try (Show show = new Show(stack)) {
            String id = show.record();
            show.loseWebhooks(id);
            long millis = untilViewersKnow(show);
            System.out.printf("without webhooks viewers knew after %d ms%n", millis);
            assertThat(millis).isLessThanOrEqualTo(35_000);
            runsAgain(show, id);
        }
    }

    /** The median of three rooms: a pause of the machine is not the services'. */
    @Test
    void viewersLearnOfALostEgressWithinTwoSecondsByWebhook(Stack stack) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (Show show = new Show(stack)) {
                String id = show.record();
                times.add(untilViewersKnow(show));
                runsAgain(show, id);
            }
        }
        System.out.printf("with webhooks viewers knew after %s ms%n", times);
        assertThat(times.stream().sorted().toList().get(1)).isLessThanOrEqualTo(2_000);
    }

    private static long untilViewersKnow(Show show) {
        await().atMost(Show.LIMIT).until(() -> show.seen().path("status").asText(), "recording"::equals);
        show.failEgress();
        long failed = System.nanoTime();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> show.seen().path("reason").asText(), "egress-restarting"::equals);
        return Duration.ofNanos(System.nanoTime() - failed).toMillis();
    }

    /** The next egress goes on with the same asset, viewers see it run again, and it ends well. */
    private static void runsAgain(Show show, String id) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> show.seen().path("reason").asText("").isEmpty());
        assertThat(show.seen().path("status").asText()).isEqualTo("recording");
        assertThat(show.egresses())
                .extracting(egress -> egress.get("status").asText())
                .containsExactlyInAnyOrder("EGRESS_FAILED", "EGRESS_ACTIVE");
        show.stop(id);
        show.awaitState(id, "READY");
        assertThat(show.assets(id)).hasSize(1);
    }
}
