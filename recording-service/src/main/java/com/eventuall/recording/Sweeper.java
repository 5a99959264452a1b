package com.eventuall.recording;

import com.eventuall.contracts.InvalidIdException;
import com.eventuall.contracts.RoomKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Removes what nobody remembers making: the late effect of a call whose caller had lost its lease. It touches only what
 * carries a tag of this environment and belongs to a recording the store knows, never anything whose intent is still
 * open, and never a recorded asset. An unknown recording id means a restored or lost database, and then deleting would
 * make it worse.
 */
public final class Sweeper {

    /** How long before now an egress may have been asked for and still be running. */
    private static final Duration LONGEST = Duration.ofHours(26);

    private final RecordingStore store;
    private final LiveKitPort liveKit;
    private final MuxPort mux;
    private final VendorCalls vendors;
    private final RecordingRules rules;
    private final Clock clock;

    public Sweeper(RecordingStore store, LiveKitPort liveKit, MuxPort mux, RecordingRules rules, Clock clock) {
        this.store = store;
        this.liveKit = liveKit;
        this.mux = mux;
        this.vendors = new VendorCalls(liveKit, mux, store);
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * What a sweep did.
     *
     * @param streams removed live streams
     * @param egresses stopped egresses
     * @param clips removed clip assets
     * @param failed removals and look-ups that failed; the next sweep comes to them again
     */
    public record Removed(int streams, int egresses, int clips, int failed) {
        public int total() {
            return streams + egresses + clips;
        }
    }

    /**
     * Looks at everything made within {@code window} and at all running egresses. What fails holds nothing else up; the
     * answer itself fails never.
     */
    public CompletionStage<Removed> sweep(Duration window) {
        Instant since = clock.instant().minus(window);
        return part(() -> sweepStreams(since))
                .thenCompose(streams -> part(this::sweepEgresses)
                        .thenCompose(egresses -> part(() -> sweepClips(since))
                                .thenApply(clips -> new Removed(
                                        streams.removed,
                                        egresses.removed,
                                        clips.removed,
                                        streams.failed + egresses.failed + clips.failed))));
    }

    private record Count(int removed, int failed) {
        static final Count NONE = new Count(0, 0);
        static final Count FAILURE = new Count(0, 1);

        Count plus(Count other) {
            return new Count(removed + other.removed, failed + other.failed);
        }
    }

    private static CompletionStage<Count> part(Supplier<CompletionStage<Count>> work) {
        try {
            return work.get().exceptionally(error -> Count.FAILURE);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(Count.FAILURE);
        }
    }

    private CompletionStage<Count> sweepStreams(Instant since) {
        return vendors.pages(mux::streams, StreamView::createdAt, since).thenCompose(all -> {
            Map<StreamView, Tags.Owner> ours = tagged(all, StreamView::tag, StreamView::createdAt);
            return recordings(ours).thenCompose(known -> {
                List<Supplier<CompletionStage<Void>>> removals = new ArrayList<>();
                ours.forEach((view, owner) -> {
                    Recording recording = known.get(owner.recordingId());
                    if (recording != null && owner.clipId() == null) {
                        remedy(recording, view).ifPresent(removals::add);
                    }
                });
                return oneByOne(removals);
            });
        });
    }

    private Optional<Supplier<CompletionStage<Void>>> remedy(Recording recording, StreamView view) {
        String id = view.stream().id();
        Effect effect = recording.latest(Effect.Kind.STREAM).orElse(null);
        if (effect == null || effect.state() == Effect.State.INTENT) {
            return Optional.empty();
        }
        if (!id.equals(effect.externalId())) {
            return Optional.of(() -> mux.disableStream(id).thenCompose(disabled -> mux.deleteStream(id)));
        }
        boolean open = view.status() == StreamView.Status.IDLE || view.status() == StreamView.Status.ACTIVE;
        return recording.state().terminal() && open ? Optional.of(() -> mux.disableStream(id)) : Optional.empty();
    }

    private CompletionStage<Count> sweepEgresses() {
        return liveKit.activeEgresses().thenCompose(active -> {
            CompletionStage<Count> stopped = CompletableFuture.completedFuture(Count.NONE);
            for (EgressView view : active) {
                stopped = stopped.thenCompose(
                        count -> part(() -> sweepEgress(view)).thenApply(count::plus));
            }
            return stopped;
        });
    }

    private CompletionStage<Count> sweepEgress(EgressView view) {
        RoomKey room;
        try {
            room = RoomKey.parse(view.roomName());
        } catch (InvalidIdException e) {
            return CompletableFuture.completedFuture(Count.NONE);
        }
        return store.ofRoom(room, clock.instant().minus(LONGEST)).thenCompose(recordings -> {
            List<Recording> ours = recordings.stream()
                    .filter(recording -> pushesTo(view, recording))
                    .toList();
            boolean wanted = ours.stream().anyMatch(recording -> wants(recording, view));
            return ours.isEmpty() || wanted
                    ? CompletableFuture.completedFuture(Count.NONE)
                    : liveKit.stopEgress(view.id()).thenApply(done -> new Count(1, 0));
        });
    }

    /** By its id, or by the key: the id of one that was made late is known to nobody. */
    private static boolean pushesTo(EgressView view, Recording recording) {
        boolean known =
                recording.effects().stream().anyMatch(effect -> view.id().equals(effect.externalId()));
        LiveStream stream = recording.stream();
        StreamKey key = stream == null ? null : stream.key();
        return known || key != null && view.outputUrl().contains(key.redacted());
    }

    private static boolean wants(Recording recording, EgressView view) {
        return recording.effects().stream()
                .filter(effect -> effect.kind() == Effect.Kind.EGRESS)
                .anyMatch(effect -> effect.state() == Effect.State.INTENT
                        || effect.state() == Effect.State.DONE && view.id().equals(effect.externalId()));
    }

    private CompletionStage<Count> sweepClips(Instant since) {
        return vendors.pages(mux::assets, AssetView::createdAt, since).thenCompose(all -> {
            Map<AssetView, Tags.Owner> ours = tagged(all, AssetView::tag, AssetView::createdAt);
            return recordings(ours).thenCompose(known -> {
                List<Supplier<CompletionStage<Void>>> removals = new ArrayList<>();
                ours.forEach((view, owner) -> {
                    Recording recording = known.get(owner.recordingId());
                    if (recording != null && view.sourceAssetId() != null && surplus(recording, view, owner)) {
                        removals.add(() -> mux.deleteAsset(view.asset().id()));
                    }
                });
                return oneByOne(removals);
            });
        });
    }

    private static boolean surplus(Recording recording, AssetView view, Tags.Owner owner) {
        return recording.clips().stream()
                .filter(clip -> clip.id().equals(owner.clipId()))
                .anyMatch(clip -> clip.state() != Clip.State.CREATING
                        && !view.asset().id().equals(clip.attempt().assetId()));
    }

    /** Those with one of our tags that are old enough for their intent to have been settled. */
    private <T> Map<T, Tags.Owner> tagged(
            List<T> all, Function<T, @Nullable String> tag, Function<T, Instant> createdAt) {
        Instant settled = clock.instant().minus(rules.vendor().settle());
        return all.stream()
                .filter(view -> createdAt.apply(view).isBefore(settled))
                .filter(view -> rules.tags().read(tag.apply(view)).isPresent())
                .collect(Collectors.toMap(
                        Function.identity(),
                        view -> rules.tags().read(tag.apply(view)).orElseThrow()));
    }

    private CompletionStage<Map<UUID, Recording>> recordings(Map<?, Tags.Owner> tagged) {
        Set<UUID> ids = tagged.values().stream().map(Tags.Owner::recordingId).collect(Collectors.toSet());
        return ids.isEmpty()
                ? CompletableFuture.completedFuture(Map.of())
                : store.load(ids)
                        .thenApply(
                                found -> found.stream().collect(Collectors.toMap(Recording::id, Function.identity())));
    }

    private static CompletionStage<Count> oneByOne(List<Supplier<CompletionStage<Void>>> removals) {
        CompletionStage<Count> done = CompletableFuture.completedFuture(Count.NONE);
        for (Supplier<CompletionStage<Void>> removal : removals) {
            done = done.thenCompose(count -> part(() -> removal.get().thenApply(removed -> new Count(1, 0)))
                    .thenApply(count::plus));
        }
        return done;
    }
}
