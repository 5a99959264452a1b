package com.eventuall.recording.sim;

import com.eventuall.contracts.RoomKey;
import com.eventuall.recording.AssetView;
import com.eventuall.recording.EgressView;
import com.eventuall.recording.FailureKind;
import com.eventuall.recording.LiveStream;
import com.eventuall.recording.StreamKey;
import com.eventuall.recording.StreamView;
import com.eventuall.recording.VendorFailure;
import com.eventuall.recording.clip.ClipWindow;
import com.eventuall.recording.clip.RecordedAsset;
import com.eventuall.recording.clip.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** LiveKit and Mux as far as recordings see them, with their own timed lives. What each call does is done at once. */
final class SimVendors {

    static final Duration RECONNECT_WINDOW = Duration.ofSeconds(60);

    private final World world;
    private final TreeSet<String> rooms = new TreeSet<>();
    private final Map<String, SimEgress> egresses = new LinkedHashMap<>();
    private final Map<String, Stream> streams = new LinkedHashMap<>();
    private final Map<String, Asset> assets = new LinkedHashMap<>();
    private int ids;

    /** Decides whether the next egress never becomes active, by its ordinal. */
    Predicate<Integer> egressFailsToStart = ordinal -> false;

    /** Decides whether the next egress becomes a ghost instead of active, by its ordinal. */
    Predicate<Integer> egressIsGhost = ordinal -> false;

    /** Decides whether a clip turns out errored, by its tag. */
    Predicate<String> clipErrs = tag -> false;

    /** Decides whether a recorded asset turns out errored, by its ordinal. */
    Predicate<Integer> assetErrs = ordinal -> false;

    SimVendors(World world) {
        this.world = world;
    }

    private static final class Stream {
        final LiveStream stream;
        final String tag;
        final Instant createdAt;
        boolean disabled;

        @Nullable
        String encoder;

        @Nullable
        Asset live;

        @Nullable
        Instant gapSince;

        Stream(LiveStream stream, String tag, Instant createdAt) {
            this.stream = stream;
            this.tag = tag;
            this.createdAt = createdAt;
        }

        StreamView view() {
            StreamView.Status status = disabled
                    ? StreamView.Status.DISABLED
                    : live == null ? StreamView.Status.IDLE : StreamView.Status.ACTIVE;
            return new StreamView(stream, status, tag, createdAt);
        }
    }

    private static final class Asset {
        final String id;
        final @Nullable String streamId;
        final @Nullable ClipWindow clip;
        final String tag;
        final Instant createdAt;
        final List<Segment> segments = new ArrayList<>();

        @Nullable
        Instant open;

        RecordedAsset.Status status = RecordedAsset.Status.PENDING;

        Asset(String id, @Nullable String streamId, @Nullable ClipWindow clip, String tag, Instant createdAt) {
            this.id = id;
            this.streamId = streamId;
            this.clip = clip;
            this.tag = tag;
            this.createdAt = createdAt;
        }

        AssetView view() {
            Duration length = clip == null
                    ? segments.stream().map(Segment::length).reduce(Duration.ZERO, Duration::plus)
                    : clip.length();
            var asset = new RecordedAsset(id, status, "PB" + id, length, segments, null);
            return new AssetView(asset, tag, clip == null ? null : clip.assetId(), createdAt);
        }
    }

    // LiveKit

    void ensureRoom(RoomKey room) {
        rooms.add(room.key());
    }

    EgressView startEgress(RoomKey room, StreamKey key) {
        if (!rooms.contains(room.key())) {
            throw new VendorFailure(FailureKind.REFUSED, "not_found", null);
        }
        int ordinal = egresses.size();
        SimEgress egress = new SimEgress("EG_" + ordinal, room.key(), key.reveal(), world.now());
        egresses.put(egress.id, egress);
        world.log("LiveKit starts " + egress.id);
        world.after(world.between(300, 4000), () -> activate(egress, ordinal));
        return egress.view();
    }

    private void activate(SimEgress egress, int ordinal) {
        if (egress.status != EgressView.Status.STARTING) {
            return;
        }
        if (egressIsGhost.test(ordinal)) {
            egress.status = EgressView.Status.ACTIVE;
            haunt(egress);
            return;
        }
        boolean connected = !egressFailsToStart.test(ordinal) && connect(egress);
        egress.status = connected ? EgressView.Status.ACTIVE : EgressView.Status.FAILED;
        egress.details = connected ? "" : "End reason: Failure";
        world.log(egress.id + " " + egress.status);
    }

    void stopEgress(String id) {
        SimEgress egress = egresses.get(id);
        if (egress != null && egress.ghost) {
            throw new VendorFailure(FailureKind.UNKNOWN, "unavailable", null);
        }
        if (egress != null && !egress.status.over()) {
            egress.status = EgressView.Status.ENDING;
            world.after(world.between(100, 1500), () -> end(egress, EgressView.Status.COMPLETE, "StopEgress API"));
        }
    }

    private void end(SimEgress egress, EgressView.Status status, String why) {
        if (!egress.status.over() && !egress.ghost) {
            egress.status = status;
            egress.details = "End reason: " + why;
            world.log(egress.id + " " + status + " " + why);
            disconnect(egress);
        }
    }

    void failRunningEgress() {
        egresses.values().stream()
                .filter(egress -> egress.status == EgressView.Status.ACTIVE)
                .forEach(egress -> end(egress, EgressView.Status.FAILED, "Failure"));
    }

    void hauntRunningEgress() {
        egresses.values().stream()
                .filter(egress -> egress.status == EgressView.Status.ACTIVE)
                .forEach(this::haunt);
    }

    private void haunt(SimEgress egress) {
        if (!egress.ghost) {
            egress.ghost = true;
            world.log(egress.id + " is a ghost");
            disconnect(egress);
        }
    }

    void closeRoom(RoomKey room) {
        rooms.remove(room.key());
        egresses.values().stream()
                .filter(egress -> egress.room.equals(room.key()))
                .forEach(egress -> end(egress, EgressView.Status.COMPLETE, "Source closed"));
    }

    EgressView egress(String id) {
        SimEgress egress = egresses.get(id);
        return egress == null ? EgressView.absent(id) : egress.view();
    }

    List<EgressView> egressesOf(RoomKey room) {
        return egresses.values().stream()
                .filter(egress -> egress.room.equals(room.key()))
                .map(SimEgress::view)
                .toList();
    }

    List<EgressView> activeEgresses() {
        return egresses.values().stream()
                .map(SimEgress::view)
                .filter(view -> !view.status().over())
                .toList();
    }

    /** Those that can still push. */
    List<EgressView> livingEgresses() {
        return egresses.values().stream()
                .filter(egress -> !egress.ghost && !egress.status.over())
                .map(SimEgress::view)
                .toList();
    }

    // Mux

    private boolean connect(SimEgress egress) {
        Optional<Stream> target = streams.values().stream()
                .filter(s -> s.stream.key().reveal().equals(egress.key))
                .findFirst();
        if (target.isEmpty() || target.get().disabled || target.get().encoder != null) {
            return false;
        }
        Stream stream = target.get();
        stream.encoder = egress.id;
        stream.gapSince = null;
        Asset asset = stream.live;
        if (asset == null) {
            asset = asset(stream.stream.id(), null, stream.tag);
            stream.live = asset;
        }
        asset.open = world.now();
        return true;
    }

    private void disconnect(SimEgress egress) {
        streams.values().stream().filter(s -> egress.id.equals(s.encoder)).forEach(stream -> {
            closeSegment(stream);
            stream.encoder = null;
            Instant since = world.now();
            stream.gapSince = since;
            world.after(RECONNECT_WINDOW, () -> {
                if (since.equals(stream.gapSince)) {
                    finish(stream);
                }
            });
        });
    }

    private void closeSegment(Stream stream) {
        Asset asset = stream.live;
        if (asset != null && asset.open != null) {
            asset.segments.add(new Segment(asset.open, Duration.between(asset.open, world.now()), false));
            asset.open = null;
        }
    }

    private void finish(Stream stream) {
        closeSegment(stream);
        Asset asset = stream.live;
        stream.live = null;
        stream.gapSince = null;
        if (asset != null) {
            int ordinal =
                    (int) assets.values().stream().filter(a -> a.clip == null).count() - 1;
            world.after(
                    world.between(500, 8000),
                    () -> asset.status =
                            assetErrs.test(ordinal) ? RecordedAsset.Status.ERRORED : RecordedAsset.Status.READY);
        }
    }

    StreamView createStream(String tag) {
        String id = "LS" + ids++;
        Stream stream =
                new Stream(new LiveStream(id, new StreamKey("key" + id + "-secret" + id), "PB" + id), tag, world.now());
        streams.put(id, stream);
        world.log("Mux makes " + id + " " + tag);
        return stream.view();
    }

    StreamView stream(String id) {
        Stream stream = streams.get(id);
        return stream == null
                ? new StreamView(
                        new LiveStream(id, new StreamKey("unknown-key"), null),
                        StreamView.Status.ABSENT,
                        null,
                        Instant.EPOCH)
                : stream.view();
    }

    List<StreamView> streams(int page) {
        return newestFirst(streams.values().stream().map(Stream::view).toList(), StreamView::createdAt, page);
    }

    void completeStream(String id) {
        Stream stream = streams.get(id);
        if (stream != null) {
            finish(stream);
            if (stream.encoder != null) {
                // As documented: an encoder that keeps sending starts another asset.
                Asset extra = asset(id, null, stream.tag);
                extra.open = world.now();
                stream.live = extra;
            }
        }
    }

    void disableStream(String id) {
        Stream stream = streams.get(id);
        if (stream != null) {
            stream.disabled = true;
            finish(stream);
            egresses.values().stream()
                    .filter(egress -> egress.id.equals(stream.encoder))
                    .forEach(egress -> end(egress, EgressView.Status.FAILED, "Failure"));
            stream.encoder = null;
        }
    }

    void deleteStream(String id) {
        disableStream(id);
        streams.remove(id);
    }

    private Asset asset(@Nullable String streamId, @Nullable ClipWindow clip, String tag) {
        Asset asset = new Asset("AS" + ids++, streamId, clip, tag, world.now());
        assets.put(asset.id, asset);
        return asset;
    }

    List<AssetView> assetsOf(String streamId) {
        return views(assets.values().stream()
                .filter(a -> streamId.equals(a.streamId))
                .toList());
    }

    List<AssetView> assets(int page) {
        return newestFirst(views(assets.values()), AssetView::createdAt, page);
    }

    AssetView createClip(String tag, ClipWindow window) {
        Asset source = assets.get(window.assetId());
        if (source == null || source.status != RecordedAsset.Status.READY) {
            throw new VendorFailure(FailureKind.REFUSED, "invalid_parameters", null);
        }
        Asset clip = asset(null, window, tag);
        world.log("Mux clips " + clip.id + " " + tag);
        world.after(
                world.between(200, 5000),
                () -> clip.status = clipErrs.test(tag) ? RecordedAsset.Status.ERRORED : RecordedAsset.Status.READY);
        return clip.view();
    }

    AssetView asset(String id) {
        Asset asset = assets.get(id);
        return asset == null
                ? new AssetView(
                        new RecordedAsset(id, RecordedAsset.Status.ABSENT, null, Duration.ZERO, List.of(), null),
                        null,
                        null,
                        Instant.EPOCH)
                : asset.view();
    }

    void deleteAsset(String id) {
        assets.remove(id);
    }

    /** All clips that exist. */
    List<AssetView> clips() {
        return views(assets.values().stream().filter(a -> a.clip != null).toList());
    }

    private static List<AssetView> views(Collection<Asset> assets) {
        return assets.stream().map(Asset::view).toList();
    }

    private static <T> List<T> newestFirst(List<T> all, Function<T, Instant> createdAt, int page) {
        return all.stream()
                .sorted(Comparator.comparing(createdAt).reversed())
                .skip((page - 1) * 100L)
                .limit(100)
                .toList();
    }
}
