package com.eventuall.recording.sim;

import com.eventuall.contracts.RoomKey;
import com.eventuall.recording.Fact;
import com.eventuall.recording.Inputs;
import com.eventuall.recording.Recording;
import com.eventuall.recording.RecordingSpec;
import com.eventuall.recording.RecordingStore.Claim;
import com.eventuall.recording.Transition;
import com.eventuall.recording.clip.Stay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The store's promises, kept in memory by virtual time. */
final class SimStore {

    private final World world;
    private final Map<UUID, Row> rows = new LinkedHashMap<>();
    private final List<Stay> stays = new ArrayList<>();
    private final List<String> facts = new ArrayList<>();
    private int fencedOff;

    SimStore(World world) {
        this.world = world;
    }

    private static final class Row {
        Recording recording;
        long fence;
        boolean woken;

        @Nullable
        Instant nextAt;

        @Nullable
        Instant leasedUntil;

        @Nullable
        Instant stopRequestedAt;

        long staysVersion;

        Row(Recording recording) {
            this.recording = recording;
            this.nextAt = recording.progress().nextAt();
        }
    }

    void request(RecordingSpec spec) {
        rows.put(spec.id(), new Row(Recording.requested(spec)));
    }

    void stop(UUID id) {
        Row row = row(id);
        if (row.stopRequestedAt == null) {
            row.stopRequestedAt = world.now();
        }
        row.woken = true;
    }

    void wake(UUID id) {
        row(id).woken = true;
    }

    void stay(Stay stay) {
        stays.removeIf(known -> known.id().equals(stay.id()));
        stays.add(stay);
        rows.values().forEach(row -> {
            row.staysVersion++;
            row.woken = true;
        });
    }

    void retry(UUID id, UUID clipId) {
        Row row = row(id);
        row.recording = new Recording(
                row.recording.spec(),
                row.recording.progress(),
                row.recording.inputs(),
                row.recording.stream(),
                row.recording.effects(),
                row.recording.assets(),
                row.recording.clips().stream()
                        .map(clip -> clip.id().equals(clipId) ? clip.retried(world.now()) : clip)
                        .toList());
        row.woken = true;
    }

    Recording recording(UUID id) {
        return row(id).recording;
    }

    Collection<Recording> all() {
        return rows.values().stream().map(row -> row.recording).toList();
    }

    List<String> facts() {
        return facts;
    }

    int fencedOff() {
        return fencedOff;
    }

    Optional<Claim> claim(Duration lease) {
        return rows.values().stream()
                .filter(row -> row.woken || due(row.nextAt))
                .filter(row -> row.leasedUntil == null || row.leasedUntil.isBefore(world.now()))
                .min(Comparator.comparing(row -> row.nextAt, Comparator.nullsFirst(Comparator.naturalOrder())))
                .map(row -> {
                    row.fence++;
                    row.woken = false;
                    row.nextAt = row.nextAt == null ? world.now() : row.nextAt;
                    row.leasedUntil = world.now().plus(lease);
                    return new Claim(fresh(row), row.fence);
                });
    }

    private boolean due(@Nullable Instant at) {
        return at != null && !at.isAfter(world.now());
    }

    Optional<Inputs> save(Claim claim, Transition step, @Nullable Duration lease) {
        Row row = row(claim.recording().id());
        if (row.fence != claim.fence()) {
            fencedOff++;
            return Optional.empty();
        }
        row.recording = step.recording();
        row.nextAt = step.recording().progress().nextAt();
        row.leasedUntil = lease == null ? null : world.now().plus(lease);
        step.facts().forEach(fact -> {
            facts.add(fact.kind() + "@" + step.recording().state());
            if (fact.kind() != Fact.Kind.CLIP_READY) {
                world.log(fact.kind() + " " + step.recording().progress());
            }
        });
        row.recording = fresh(row);
        return Optional.of(row.recording.inputs());
    }

    private static Recording fresh(Row row) {
        Recording r = row.recording;
        Inputs inputs =
                new Inputs(row.stopRequestedAt, row.staysVersion, r.inputs().plannedVersion());
        return new Recording(r.spec(), r.progress(), inputs, r.stream(), r.effects(), r.assets(), r.clips());
    }

    List<Stay> stays(Instant from, Instant to) {
        return stays.stream()
                .filter(stay -> stay.enteredAt().isBefore(to))
                .filter(stay -> stay.exitedAt() == null || stay.exitedAt().isAfter(from))
                .toList();
    }

    List<Recording> load(Collection<UUID> ids) {
        return all().stream().filter(r -> ids.contains(r.id())).toList();
    }

    List<Recording> ofRoom(RoomKey room) {
        return all().stream().filter(r -> r.spec().room().equals(room)).toList();
    }

    private Row row(UUID id) {
        Row row = rows.get(id);
        if (row == null) {
            throw new IllegalArgumentException("no recording " + id);
        }
        return row;
    }
}
