package com.eventuall.recording;

import com.eventuall.recording.clip.RecordedAsset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A recording with all that was made for it. Immutable; {@link RecordingMachine} answers the next one.
 *
 * @param spec what was asked for
 * @param progress how far it is
 * @param inputs what others wrote
 * @param stream its live stream, once known
 * @param effects what was made at the vendors, ordered by kind and ordinal
 * @param assets what Mux recorded, as last seen
 * @param clips planned and made clips
 */
public record Recording(
        RecordingSpec spec,
        Progress progress,
        Inputs inputs,
        @Nullable LiveStream stream,
        List<Effect> effects,
        List<RecordedAsset> assets,
        List<Clip> clips) {

    public Recording {
        effects = List.copyOf(effects);
        assets = List.copyOf(assets);
        clips = List.copyOf(clips);
    }

    /** A recording that was just asked for. */
    public static Recording requested(RecordingSpec spec) {
        return new Recording(
                spec, Progress.requested(spec.requestedAt()), Inputs.NONE, null, List.of(), List.of(), List.of());
    }

    public UUID id() {
        return spec.id();
    }

    public RecordingState state() {
        return progress.state();
    }

    /** Whether a stop was asked for. */
    public boolean stopRequested() {
        return inputs.stopRequestedAt() != null;
    }

    /** Whether it cannot go on: its stream key is lost, and an egress may have to be started or looked for. */
    public boolean lacksKey() {
        boolean needed = state().live() || state() == RecordingState.STOPPING;
        return needed && stream != null && stream.key() == null;
    }

    /** The newest effect of a kind. */
    public Optional<Effect> latest(Effect.Kind kind) {
        return effects.stream().filter(e -> e.kind() == kind).reduce((first, second) -> second);
    }

    Recording with(Progress next) {
        return new Recording(spec, next, inputs, stream, effects, assets, clips);
    }

    Recording with(Inputs next) {
        return new Recording(spec, progress, next, stream, effects, assets, clips);
    }

    Recording with(LiveStream next) {
        return new Recording(spec, progress, inputs, next, effects, assets, clips);
    }

    Recording with(Effect effect) {
        List<Effect> next = new ArrayList<>(effects);
        next.removeIf(e -> e.kind() == effect.kind() && e.ordinal() == effect.ordinal());
        next.add(effect);
        return new Recording(spec, progress, inputs, stream, next, assets, clips);
    }

    Recording withAssets(List<RecordedAsset> next) {
        return new Recording(spec, progress, inputs, stream, effects, next, clips);
    }

    Recording withClips(List<Clip> next) {
        return new Recording(spec, progress, inputs, stream, effects, assets, next);
    }

    Recording withClip(UUID clipId, UnaryOperator<Clip> change) {
        return withClips(clips.stream()
                .map(clip -> clip.id().equals(clipId) ? change.apply(clip) : clip)
                .toList());
    }
}
