package com.eventuall.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.RoomKey;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the sweeper takes away, and that no failure holds up the rest. */
class SweeperTest {
    private static final Instant NOW = Instant.parse("2026-11-22T19:00:00Z");
    private static final UUID ID = new UUID(1, 1);
    private static final Tags TAGS = new Tags("test");
    private static final RecordingRules RULES = new RecordingRules(
            TAGS,
            new RecordingRules.Vendor(Duration.ofSeconds(30), Duration.ofSeconds(5)),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofHours(11),
            new RecordingRules.Assets(Duration.ofSeconds(60), Duration.ofHours(2), Duration.ofSeconds(5)),
            3);

    private final List<String> done = new ArrayList<>();
    private final List<StreamView> streams = new ArrayList<>();
    private final List<String> refusing = new ArrayList<>();
    private Recording known = recording();

    private interface Answer {
        CompletionStage<?> to(String method, Object[] args);
    }

    private static <T> T port(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> answer.to(method.getName(), args == null ? new Object[0] : args)));
    }

    private Sweeper.Removed sweep() {
        MuxPort mux = port(MuxPort.class, (method, args) -> switch (method) {
            case "streams" -> answer("streams", streams);
            case "assets" -> answer("assets", List.of());
            default -> act(method + " " + args[0]);
        });
        LiveKitPort liveKit = port(
                LiveKitPort.class,
                (method, args) -> method.equals("activeEgresses")
                        ? answer("activeEgresses", List.of(egress("EG_unknown")))
                        : act(method + " " + args[0]));
        RecordingStore store =
                port(RecordingStore.class, (method, args) -> CompletableFuture.completedFuture(List.of(known)));
        return new Sweeper(store, liveKit, mux, RULES, Clock.fixed(NOW, ZoneOffset.UTC))
                .sweep(Duration.ofMinutes(15))
                .toCompletableFuture()
                .join();
    }

    private CompletionStage<?> answer(String what, @Nullable Object value) {
        return refusing.contains(what)
                ? CompletableFuture.failedFuture(new VendorFailure(FailureKind.UNKNOWN, "http_503", null))
                : CompletableFuture.completedFuture(value);
    }

    private CompletionStage<?> act(String what) {
        if (!refusing.contains(what)) {
            done.add(what);
        }
        return answer(what, null);
    }

    private static Recording recording() {
        RecordingSpec spec =
                new RecordingSpec(ID, new RoomKey("e1", "r1"), false, "grid", "mod", NOW.minusSeconds(600));
        return Recording.requested(spec)
                .with(stream("ours").stream())
                .with(Effect.intent(Effect.Kind.STREAM, 0, NOW.minusSeconds(600))
                        .done("ours"));
    }

    private static StreamView stream(String id) {
        LiveStream stream = new LiveStream(id, new StreamKey("0123456789abcdef"), null);
        return new StreamView(stream, StreamView.Status.IDLE, TAGS.stream(ID), NOW.minusSeconds(300));
    }

    private static EgressView egress(String id) {
        String url = "rtmps://global-live.mux.com:443/app/"
                + stream("ours").stream().key().redacted();
        return new EgressView(id, EgressView.Status.ACTIVE, "e1:r1", url, NOW, "");
    }

    @Test
    void takesAwayWhatTheRecordingDoesNotKnowAndNothingElse() {
        streams.addAll(List.of(stream("extra"), stream("ours")));
        assertThat(sweep()).isEqualTo(new Sweeper.Removed(1, 1, 0, 0));
        assertThat(done).containsExactly("disableStream extra", "deleteStream extra", "stopEgress EG_unknown");
    }

    @Test
    void anEgressThatIsKnownToBeOverIsStoppedThoughTheStreamKeyIsLost() {
        known = recording().with(new LiveStream("ours", null, null));
        assertThat(sweep().egresses()).isZero();
        known = known.with(Effect.intent(Effect.Kind.EGRESS, 0, NOW.minusSeconds(500))
                .done("EG_unknown")
                .gone());
        assertThat(sweep().egresses()).isEqualTo(1);
    }

    @Test
    void aRemovalThatFailsIsCountedAndTheOthersAreMade() {
        streams.addAll(List.of(stream("stuck"), stream("extra"), stream("ours")));
        refusing.add("disableStream stuck");
        assertThat(sweep()).isEqualTo(new Sweeper.Removed(1, 1, 0, 1));
        assertThat(done).containsExactly("disableStream extra", "deleteStream extra", "stopEgress EG_unknown");
    }

    @Test
    void whileOneVendorIsAwayTheOtherIsSwept() {
        refusing.addAll(List.of("streams", "assets"));
        assertThat(sweep()).isEqualTo(new Sweeper.Removed(0, 1, 0, 2));
        assertThat(done).containsExactly("stopEgress EG_unknown");
    }
}
