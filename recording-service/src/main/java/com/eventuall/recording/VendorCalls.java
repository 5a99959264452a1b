package com.eventuall.recording;

import com.eventuall.recording.Observation.Failed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes the calls the machine asks for and puts their outcome into the machine's words. */
public final class VendorCalls {

    /** Against a vendor that pages for ever; with 100 entries a page this is more than a day of anybody's recordings. */
    private static final int MAX_PAGES = 50;

    private final LiveKitPort liveKit;
    private final MuxPort mux;
    private final RecordingStore store;

    public VendorCalls(LiveKitPort liveKit, MuxPort mux, RecordingStore store) {
        this.liveKit = liveKit;
        this.mux = mux;
        this.store = store;
    }

    /** The outcome of a call; a failure is an outcome too. */
    public CompletionStage<Observation> make(Call call) {
        CompletionStage<Observation> made;
        try {
            made = dispatch(call);
        } catch (RuntimeException e) {
            made = CompletableFuture.failedFuture(e);
        }
        return made.exceptionally(error -> failed(call, error));
    }

    private CompletionStage<Observation> dispatch(Call call) {
        if (call instanceof Call.EnsureRoom c) {
            return liveKit.ensureRoom(c.room()).thenApply(done -> new Observation.RoomReady());
        } else if (call instanceof Call.StartEgress c) {
            return liveKit.startEgress(c.room(), c.layout(), c.key()).thenApply(Observation.EgressStarted::new);
        } else if (call instanceof Call.FindEgresses c) {
            return liveKit.egressesOf(c.room())
                    .thenApply(all -> new Observation.EgressesFound(pushingTo(c.key(), all)));
        } else if (call instanceof Call.CheckHealth c) {
            return health(c);
        } else if (call instanceof Call.StopEgress c) {
            return liveKit.stopEgress(c.egressId()).thenApply(done -> new Observation.EgressStopped());
        } else if (call instanceof Call.LoadStays c) {
            return store.stays(c.room(), c.from(), c.to()).thenApply(Observation.StaysLoaded::new);
        }
        return atMux(call);
    }

    private CompletionStage<Observation> atMux(Call call) {
        if (call instanceof Call.CreateStream c) {
            return mux.createStream(c.tag(), c.lowLatency()).thenApply(Observation.StreamCreated::new);
        } else if (call instanceof Call.FindStreams c) {
            return pages(mux::streams, StreamView::createdAt, c.madeAfter())
                    .thenApply(all -> new Observation.StreamsFound(
                            keep(all, view -> c.tag().equals(view.tag()))));
        } else if (call instanceof Call.CompleteStream c) {
            return mux.completeStream(c.streamId()).thenApply(done -> new Observation.StreamCompleted());
        } else if (call instanceof Call.DisableStream c) {
            return mux.disableStream(c.streamId()).thenApply(done -> new Observation.StreamDisabled());
        } else if (call instanceof Call.DeleteStream c) {
            return mux.deleteStream(c.streamId()).thenApply(done -> new Observation.StreamDeleted());
        } else if (call instanceof Call.ListAssets c) {
            return mux.assetsOf(c.streamId()).thenApply(Observation.AssetsListed::new);
        } else if (call instanceof Call.CreateClip c) {
            return mux.createClip(c.tag(), c.window())
                    .thenApply(asset -> new Observation.ClipCreated(c.clipId(), asset));
        } else if (call instanceof Call.FindClips c) {
            return pages(mux::assets, AssetView::createdAt, c.madeAfter())
                    .thenApply(all -> new Observation.ClipsFound(
                            c.clipId(), keep(all, view -> c.tag().equals(view.tag()))));
        } else if (call instanceof Call.ReadClip c) {
            return mux.asset(c.assetId()).thenApply(asset -> new Observation.ClipSeen(c.clipId(), asset));
        } else if (call instanceof Call.DeleteClip c) {
            return mux.deleteAsset(c.assetId()).thenApply(done -> new Observation.ClipDeleted(c.clipId(), c.why()));
        }
        throw new IllegalStateException("unknown call " + call.getClass().getSimpleName());
    }

    private static List<EgressView> pushingTo(StreamKey key, List<EgressView> all) {
        return keep(all, view -> view.outputUrl().contains(key.redacted()));
    }

    /** Asks both at once; what cannot be read is left out, so that one vendor's trouble does not hide the other's. */
    private CompletionStage<Observation> health(Call.CheckHealth call) {
        CompletionStage<Read<EgressView>> egress = read(call, liveKit.egress(call.egressId()));
        CompletionStage<Read<StreamView>> stream = read(call, mux.stream(call.streamId()));
        return egress.thenCombine(
                stream,
                (e, s) ->
                        new Observation.Health(e.value(), s.value(), e.trouble() == null ? s.trouble() : e.trouble()));
    }

    private record Read<T>(@Nullable T value, @Nullable Failed trouble) {}

    private static <T> CompletionStage<Read<T>> read(Call call, CompletionStage<T> reading) {
        return reading.handle(
                (value, error) -> error == null ? new Read<>(value, null) : new Read<>(null, failed(call, error)));
    }

    /** All entries made after a moment, from a list that is newest first. */
    <T> CompletionStage<List<T>> pages(
            IntFunction<CompletionStage<List<T>>> list, Function<T, Instant> createdAt, Instant madeAfter) {
        return page(list, createdAt, madeAfter, 1, new ArrayList<>());
    }

    private <T> CompletionStage<List<T>> page(
            IntFunction<CompletionStage<List<T>>> list,
            Function<T, Instant> createdAt,
            Instant madeAfter,
            int number,
            List<T> found) {
        return list.apply(number).thenCompose(entries -> {
            for (T entry : entries) {
                if (createdAt.apply(entry).isBefore(madeAfter)) {
                    return CompletableFuture.completedFuture(found);
                }
                found.add(entry);
            }
            boolean last = entries.size() < MuxPort.PAGE_SIZE || number == MAX_PAGES;
            return last
                    ? CompletableFuture.completedFuture(found)
                    : page(list, createdAt, madeAfter, number + 1, found);
        });
    }

    private static <T> List<T> keep(List<T> all, Predicate<T> wanted) {
        return all.stream().filter(wanted).toList();
    }

    static Failed failed(Call call, Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof VendorFailure failure
                ? new Failed(call, failure.kind(), failure.code(), failure.retryAfter())
                : new Failed(call, FailureKind.UNKNOWN, "unexpected", null);
    }
}
