package com.eventuall.recording.db;

import com.eventuall.recording.Clip;
import com.eventuall.recording.Effect;
import com.eventuall.recording.Recording;
import com.eventuall.recording.clip.RecordedAsset;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Loads and stores all rows of a recording within the caller's transaction. */
final class RecordingRows {
    private final RecordingMapper mapper;

    RecordingRows(RecordingMapper mapper) {
        this.mapper = mapper;
    }

    /** The rows of one recording, its own row locked for writing. */
    Uni<Rows> lock(UUID id) {
        return RecordingEntity.<RecordingEntity>findById(id, LockModeType.PESSIMISTIC_WRITE)
                .chain(this::rows);
    }

    Uni<@Nullable Recording> find(UUID id) {
        return RecordingEntity.<RecordingEntity>findById(id)
                .chain(row ->
                        row == null ? Uni.createFrom().nullItem() : rows(row).map(mapper::toCore));
    }

    Uni<List<Recording>> all(List<RecordingEntity> found) {
        return Multi.createFrom()
                .iterable(found)
                .onItem()
                .transformToUniAndConcatenate(this::rows)
                .map(mapper::toCore)
                .collect()
                .asList();
    }

    private Uni<Rows> rows(RecordingEntity row) {
        return EffectEntity.<EffectEntity>list("recordingId", row.id)
                .chain(effects -> AssetEntity.<AssetEntity>list("recordingId", Sort.by("id"), row.id)
                        .chain(assets -> ClipEntity.<ClipEntity>list("recordingId", Sort.by("id"), row.id)
                                .map(clips -> new Rows(row, effects, assets, clips))));
    }

    /** Writes what the workflow owns over loaded rows; new ones are added, none is ever removed. */
    Uni<Void> store(Recording recording, Rows rows) {
        UUID id = recording.id();
        mapper.write(recording, rows.recording());
        return write(
                        recording.effects(),
                        rows.effects(),
                        (Effect e) -> e.kind().name() + e.ordinal(),
                        row -> row.kind + row.ordinal,
                        EffectEntity::new,
                        (effect, row) -> mapper.write(id, effect, row))
                .chain(() -> write(
                        recording.assets(),
                        rows.assets(),
                        RecordedAsset::id,
                        row -> row.id,
                        AssetEntity::new,
                        (asset, row) -> mapper.write(id, asset, row)))
                .chain(() -> write(
                        recording.clips(),
                        rows.clips(),
                        (Clip clip) -> clip.id().toString(),
                        row -> row.id.toString(),
                        ClipEntity::new,
                        (clip, row) -> mapper.write(id, clip, row)));
    }

    private static <C, R extends PanacheEntityBase> Uni<Void> write(
            List<C> wanted,
            List<R> stored,
            Function<C, String> key,
            Function<R, String> rowKey,
            Supplier<R> fresh,
            BiConsumer<C, R> copy) {
        Map<String, R> known = stored.stream().collect(Collectors.toMap(rowKey, Function.identity()));
        Uni<Void> done = Uni.createFrom().voidItem();
        for (C value : wanted) {
            R row = known.get(key.apply(value));
            if (row != null) {
                copy.accept(value, row);
            } else {
                R added = fresh.get();
                copy.accept(value, added);
                done = done.chain(() -> added.persist().replaceWithVoid());
            }
        }
        return done;
    }
}
