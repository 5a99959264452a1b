package com.eventuall.queue;

import com.eventuall.contracts.RoomKey;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The rooms that this process has in memory. Safe for all threads; what happens inside a room happens on its own. */
public final class Rooms {

    private record Held(Room room, RoomLoop loop) {}

    private final RoomStore store;
    private final Supplier<RoomLoop> loops;
    private final QueueSettings settings;
    private final AwarenessStamp stamp;
    private final QueueMeter meter;
    private final Map<RoomKey, Held> rooms = new ConcurrentHashMap<>();

    /** @param loops gives each new room its thread */
    public Rooms(
            RoomStore store, Supplier<RoomLoop> loops, QueueSettings settings, AwarenessStamp stamp, QueueMeter meter) {
        this.store = store;
        this.loops = loops;
        this.settings = settings;
        this.stamp = stamp;
        this.meter = meter;
    }

    /** Runs a task with the room, on the room's thread, loading the room if it is not in memory. */
    public void with(RoomKey key, Consumer<Room> task) {
        Held held = rooms.computeIfAbsent(key, this::begin);
        held.loop.execute(() -> {
            if (held.room.isRetired()) {
                rooms.remove(key, held);
                with(key, task);
            } else {
                held.room.touch();
                task.accept(held.room);
            }
        });
    }

    /** Edits a room's document; see {@link Room#edit}. */
    public <T> CompletionStage<T> edit(RoomKey key, Room.EditOf<T> edit, Map<String, String> causes) {
        CompletableFuture<T> done = new CompletableFuture<>();
        with(
                key,
                room -> room.edit(edit, causes).whenComplete((result, failure) -> {
                    if (failure == null) {
                        done.complete(result);
                    } else {
                        done.completeExceptionally(failure);
                    }
                }));
        return done;
    }

    /** Runs a task with the room if it is in memory. */
    public void ifHeld(RoomKey key, Consumer<Room> task) {
        Held held = rooms.get(key);
        if (held != null) {
            held.loop.execute(() -> {
                if (!held.room.isRetired()) {
                    task.accept(held.room);
                }
            });
        }
    }

    /** Runs a task with every room in memory. */
    public void withAll(Consumer<Room> task) {
        rooms.keySet().forEach(key -> ifHeld(key, task));
    }

    /** How many rooms are in memory. */
    public int size() {
        return rooms.size();
    }

    /** What each of them takes. */
    public Stream<RoomLoad> loads() {
        return rooms.values().stream().map(held -> held.room.load());
    }

    /** Does something with every socket of every room in memory, on the room's thread. */
    public void forEachSubscriber(Consumer<Subscriber> task) {
        withAll(room -> room.forEachSubscriber(task));
    }

    private Held begin(RoomKey key) {
        RoomLoop loop = loops.get();
        String replica = UUID.randomUUID().toString();
        Room room = new Room(key, store, loop, settings, replica, stamp, meter, idle -> retire(key, idle));
        loop.execute(room::start);
        return new Held(room, loop);
    }

    private void retire(RoomKey key, Room room) {
        if (room.retireIfIdle()) {
            rooms.computeIfPresent(key, (same, held) -> held.room == room ? null : held);
        }
    }
}
