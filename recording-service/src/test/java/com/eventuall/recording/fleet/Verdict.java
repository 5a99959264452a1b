package com.eventuall.recording.fleet;

import com.eventuall.contracts.events.EventType;
import com.eventuall.recording.service.Vendors;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a fault run left behind, by comparing what the service says with what the vendors hold.
 *
 * @param lost recordings that are not READY, whose person on stage has no clip that exists, or whose end was not published
 * @param duplicates things made twice for one purpose: streams of a recording, clips of one cut
 * @param orphans things that still run or that the service does not know: open streams, running egresses, clips
 */
record Verdict(List<String> lost, List<String> duplicates, int orphans) {
    private static final Set<String> RUNNING = Set.of("EGRESS_STARTING", "EGRESS_ACTIVE", "EGRESS_ENDING");

    static Verdict of(Fleet fleet, List<Started> all) {
        List<String> lost = new ArrayList<>();
        List<String> duplicates = new ArrayList<>();
        int orphans = Math.max(0, fleet.vendors.streams().size() - all.size());
        for (Started started : all) {
            JsonObject view = fleet.get(started);
            if (!whole(fleet, started, view)) {
                lost.add(view.encode());
            }
            duplicates.addAll(doubled(fleet.vendors, started));
            orphans += leftBehind(fleet.vendors, started, view);
        }
        return new Verdict(lost, duplicates, orphans);
    }

    private static boolean whole(Fleet fleet, Started started, JsonObject view) {
        List<JsonObject> clips = clips(view);
        boolean published = fleet.topics.read(EventType.RECORDING_READY, "e1:" + started.roomId()).stream()
                        .map(record ->
                                new String(record.headers().lastHeader("ce_id").value()))
                        .distinct()
                        .count()
                == 1;
        return view.getString("state").equals("READY")
                && published
                && !clips.isEmpty()
                && clips.stream().allMatch(clip -> clip.getString("state").equals("READY"))
                && ids(fleet.vendors.clipsOf(started.id())).containsAll(assetIds(clips))
                && view.getJsonArray("assets").size()
                        == fleet.vendors.assetsOf(started.id()).size();
    }

    private static List<String> doubled(Vendors vendors, Started started) {
        List<String> doubled = new ArrayList<>();
        if (vendors.streamsOf(started.id()).size() > 1) {
            doubled.add("streams of " + started);
        }
        Set<String> cuts = new HashSet<>();
        for (JsonObject clip : vendors.clipsOf(started.id())) {
            if (!cuts.add(clip.getJsonArray("inputs").encode())) {
                doubled.add("clips of " + started);
            }
        }
        return doubled;
    }

    private static int leftBehind(Vendors vendors, Started started, JsonObject view) {
        long open = vendors.streamsOf(started.id()).stream()
                .filter(stream -> !stream.getString("status").equals("disabled"))
                .count();
        long running = vendors.egressesOf("e1:" + started.roomId()).stream()
                .filter(egress -> RUNNING.contains(egress.getString("status")))
                .count();
        Set<String> known = assetIds(clips(view));
        long unknown = ids(vendors.clipsOf(started.id())).stream()
                .filter(id -> !known.contains(id))
                .count();
        return (int) (open + running + unknown);
    }

    private static List<JsonObject> clips(JsonObject view) {
        return view.getJsonArray("clips").stream().map(JsonObject.class::cast).toList();
    }

    private static Set<String> assetIds(List<JsonObject> clips) {
        Set<String> ids = new HashSet<>();
        clips.forEach(clip -> ids.add(clip.getString("assetId")));
        return ids;
    }

    private static Set<String> ids(List<JsonObject> assets) {
        Set<String> ids = new HashSet<>();
        assets.forEach(asset -> ids.add(asset.getString("id")));
        return ids;
    }
}
