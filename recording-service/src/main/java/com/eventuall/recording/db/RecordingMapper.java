package com.eventuall.recording.db;

import com.eventuall.contracts.RoomKey;
import com.eventuall.recording.Cause;
import com.eventuall.recording.Clip;
import com.eventuall.recording.Effect;
import com.eventuall.recording.Inputs;
import com.eventuall.recording.LiveStream;
import com.eventuall.recording.Progress;
import com.eventuall.recording.Reason;
import com.eventuall.recording.Recording;
import com.eventuall.recording.RecordingSpec;
import com.eventuall.recording.RecordingState;
import com.eventuall.recording.clip.ClipWindow;
import com.eventuall.recording.clip.RecordedAsset;
import com.eventuall.recording.clip.Segment;
import com.eventuall.recording.clip.Stay;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Between rows and the core's records. {@code Progress.nextAt} is not read back: the claim that reads it has used it. */
final class RecordingMapper {
    private static final String SLATE = "s";

    private final StreamKeyCipher cipher;

    RecordingMapper(StreamKeyCipher cipher) {
        this.cipher = cipher;
    }

    Recording toCore(Rows rows) {
        RecordingEntity row = rows.recording();
        RecordingSpec spec = new RecordingSpec(
                row.id,
                new RoomKey(row.eventId, row.roomId),
                row.lowLatency,
                row.layout,
                row.requestedBy,
                row.requestedAt);
        List<Effect> effects = rows.effects().stream()
                .map(RecordingMapper::effect)
                .sorted(Comparator.comparing(Effect::kind).thenComparing(Effect::ordinal))
                .toList();
        return new Recording(
                spec,
                progress(row),
                inputs(row),
                stream(row),
                effects,
                rows.assets().stream().map(RecordingMapper::asset).toList(),
                rows.clips().stream().map(RecordingMapper::clip).toList());
    }

    Inputs inputs(RecordingEntity row) {
        return new Inputs(row.stopRequestedAt, row.staysVersion, row.plannedVersion);
    }

    Stay stay(StayEntity row) {
        return new Stay(row.stayId, row.userId, row.enteredAt, row.exitedAt);
    }

    private static Progress progress(RecordingEntity row) {
        Cause cause = row.reason == null ? null : new Cause(Reason.valueOf(row.reason), row.detail);
        return new Progress(
                RecordingState.valueOf(row.state),
                cause,
                row.since,
                null,
                row.tries,
                new Progress.Times(row.startedAt, row.endedAt, row.troubleSince));
    }

    private @Nullable LiveStream stream(RecordingEntity row) {
        return row.streamId == null || row.streamKey == null
                ? null
                : new LiveStream(
                        row.streamId, cipher.decrypt(row.id, row.streamKey).orElse(null), row.playbackId);
    }

    private static Effect effect(EffectEntity row) {
        return new Effect(
                Effect.Kind.valueOf(row.kind),
                row.ordinal,
                Effect.State.valueOf(row.state),
                row.intentAt,
                row.externalId);
    }

    private static RecordedAsset asset(AssetEntity row) {
        List<Segment> segments = Arrays.stream(row.segments.split(" "))
                .filter(text -> !text.isEmpty())
                .map(RecordingMapper::segment)
                .toList();
        return new RecordedAsset(
                row.id,
                RecordedAsset.Status.valueOf(row.status),
                row.playbackId,
                Duration.ofMillis(row.durationMs),
                segments,
                row.error);
    }

    private static Segment segment(String text) {
        boolean slate = text.endsWith(SLATE);
        String[] parts = (slate ? text.substring(0, text.length() - 1) : text).split("\\+");
        return new Segment(
                Instant.ofEpochMilli(Long.parseLong(parts[0])), Duration.ofMillis(Long.parseLong(parts[1])), slate);
    }

    static Clip clip(ClipEntity row) {
        ClipWindow window = new ClipWindow(
                row.userId,
                row.assetId,
                Duration.ofMillis(row.startMs),
                Duration.ofMillis(row.endMs),
                List.of(row.stayIds.split(" ")),
                row.degraded);
        Clip.Attempt attempt = new Clip.Attempt(row.attempt, row.tries, row.intentAt, row.externalId, row.dueAt);
        return new Clip(row.id, window, Clip.State.valueOf(row.state), attempt, row.reason, row.playbackId);
    }

    /** What the workflow writes; never what requests and events write. */
    void write(Recording recording, RecordingEntity row) {
        Progress progress = recording.progress();
        Cause cause = progress.cause();
        row.state = progress.state().name();
        row.reason = cause == null ? null : cause.reason().name();
        row.detail = cause == null ? null : cause.detail();
        row.since = progress.since();
        row.tries = progress.tries();
        row.startedAt = progress.times().startedAt();
        row.endedAt = progress.times().endedAt();
        row.troubleSince = progress.times().troubleSince();
        row.plannedVersion = recording.inputs().plannedVersion();
        LiveStream stream = recording.stream();
        if (stream != null && !stream.id().equals(row.streamId)) {
            row.streamId = stream.id();
            row.streamKey = cipher.encrypt(row.id, Objects.requireNonNull(stream.key()));
            row.playbackId = stream.playbackId();
        }
    }

    void write(UUID recordingId, Effect effect, EffectEntity row) {
        row.recordingId = recordingId;
        row.kind = effect.kind().name();
        row.ordinal = effect.ordinal();
        row.state = effect.state().name();
        row.intentAt = effect.intentAt();
        row.externalId = effect.externalId();
    }

    void write(UUID recordingId, RecordedAsset asset, AssetEntity row) {
        row.recordingId = recordingId;
        row.id = asset.id();
        row.status = asset.status().name();
        row.playbackId = asset.playbackId();
        row.durationMs = asset.duration().toMillis();
        row.segments = asset.segments().stream()
                .map(s -> s.startedAt().toEpochMilli() + "+" + s.length().toMillis() + (s.slate() ? SLATE : ""))
                .collect(Collectors.joining(" "));
        row.error = asset.error();
    }

    void write(UUID recordingId, Clip clip, ClipEntity row) {
        row.id = clip.id();
        row.recordingId = recordingId;
        row.userId = clip.window().userId();
        row.assetId = clip.window().assetId();
        row.startMs = clip.window().start().toMillis();
        row.endMs = clip.window().end().toMillis();
        row.stayIds = String.join(" ", clip.window().stayIds());
        row.degraded = clip.window().degraded();
        row.state = clip.state().name();
        row.attempt = clip.attempt().number();
        row.tries = clip.attempt().tries();
        row.intentAt = clip.attempt().intentAt();
        row.externalId = clip.attempt().assetId();
        row.dueAt = clip.attempt().dueAt();
        row.reason = clip.reason();
        row.playbackId = clip.playbackId();
    }
}
