package com.eventuall.presence.ws;

import com.eventuall.contracts.RoomKey;
import com.eventuall.presence.Bus;
import com.eventuall.presence.Head;
import com.eventuall.presence.Joiner;
import com.eventuall.presence.LiveRoom;
import com.eventuall.presence.Node;
import com.eventuall.presence.RoomReader;
import com.eventuall.presence.RoomSettings;
import com.eventuall.presence.RoomState;
import com.eventuall.presence.RoomStore;
import com.eventuall.presence.Standing;
import com.eventuall.presence.Step;
import com.eventuall.presence.StoreUnavailableException;
import com.eventuall.presence.runtime.PresenceConfig;
import com.eventuall.presence.tracing.FanoutTraces;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The rooms that somebody on this node follows or has lately read, each on an event loop of its own choosing. */
@ApplicationScoped
public class Rooms implements Bus.Listener, RoomReader {
    private static final Logger LOG = Logger.getLogger(Rooms.class);
    private static final long TICK_MILLIS = 250;
    /** At 10 ms each. */
    private static final int READ_ATTEMPTS = 300;

    private final Vertx vertx;
    private final RoomStore store;
    private final Node node;
    private final RoomSettings settings;
    private final Clock clock;
    private final FanoutMeter meter;
    private final FanoutTraces traces;
    private final Map<RoomKey, Seat> seats = new ConcurrentHashMap<>();
    private final long verifyMillis;

    Rooms(
            Vertx vertx,
            RoomStore store,
            Node node,
            RoomSettings settings,
            Clock clock,
            FanoutMeter meter,
            FanoutTraces traces,
            PresenceConfig config) {
        this.vertx = vertx;
        this.store = store;
        this.node = node;
        this.settings = settings;
        this.clock = clock;
        this.meter = meter;
        this.traces = traces;
        this.verifyMillis = config.verifyInterval().toMillis();
    }

    void start(@Observes StartupEvent event, Bus bus, MeterRegistry metrics) {
        metrics.gaugeMapSize("eventuall.presence.rooms", List.of(), seats);
        node.onRenamed(() -> seats.values().forEach(seat -> seat.run(LiveRoom::announceAll)));
        bus.listen(this);
        vertx.setPeriodic(TICK_MILLIS, ignored -> seats.values().forEach(this::tick));
        vertx.setPeriodic(verifyMillis, ignored -> verifyAll());
    }

    /** Lets a socket into a room. */
    void join(RoomKey room, Joiner joiner, Outbox outbox) {
        inSeat(room, seat -> seat.join(joiner, outbox));
    }

    /** Does something in a room, on its thread, if the room is followed here. */
    void inRoom(RoomKey room, Consumer<LiveRoom> task) {
        Seat seat = seats.get(room);
        if (seat != null) {
            seat.run(task);
        }
    }

    /** A socket is closed. */
    void closed(RoomKey room, String connectionId, Duration grace) {
        Seat seat = seats.get(room);
        if (seat != null) {
            seat.leave(connectionId, grace);
        }
    }

    private void inSeat(RoomKey room, Consumer<Seat> task) {
        Seat seat = seats.computeIfAbsent(room, this::seat);
        seat.execute(() -> {
            if (seat.isGone()) {
                inSeat(room, task);
            } else {
                task.accept(seat);
            }
        });
    }

    private Seat seat(RoomKey room) {
        return new Seat(
                room,
                vertx,
                meter,
                traces,
                (audience, timers) -> new LiveRoom(room, store, audience, timers, clock, settings, node));
    }

    private void tick(Seat seat) {
        seat.execute(() -> seat.tick(clock.millis(), () -> seats.values().remove(seat)));
    }

    private void verifyAll() {
        String name = node.id();
        Map<RoomKey, Standing> asked = new HashMap<>();
        seats.forEach((room, seat) -> asked.put(room, seat.standing()));
        if (asked.isEmpty()) {
            return;
        }
        store.standings(asked.keySet(), name).whenComplete((found, failure) -> {
            if (failure != null) {
                LOG.debug("Rooms not compared with the store", failure);
                return;
            }
            found.forEach((room, standing) ->
                    inRoom(room, live -> live.verified(asked.getOrDefault(room, Standing.NONE), standing)));
        });
    }

    @Override
    public boolean follows(RoomKey room) {
        return seats.containsKey(room);
    }

    @Override
    public void stepped(RoomKey room, Step step) {
        inRoom(room, live -> live.heard(step));
    }

    @Override
    public void evicted(RoomKey room, List<String> connectionIds) {
        inRoom(room, live -> connectionIds.forEach(live::evict));
    }

    @Override
    public void reconnected() {
        verifyAll();
    }

    @Override
    public <T> CompletionStage<T> read(RoomKey room, BiFunction<Head, RoomState, T> reading) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        store.standings(List.of(room), node.id()).whenComplete((found, failure) -> {
            Head wanted =
                    failure == null ? found.getOrDefault(room, Standing.NONE).head() : Head.NONE;
            if (failure != null) {
                answer.completeExceptionally(new StoreUnavailableException());
            } else if (!wanted.exists()) {
                answer.complete(reading.apply(Head.NONE, new RoomState()));
            } else {
                inSeat(room, seat -> seat.read(wanted, reading, answer, READ_ATTEMPTS));
            }
        });
        return answer;
    }

    /** Every admitted socket of this node, each on its event loop. */
    void onLoops(Consumer<Outbox> task) {
        seats.values().forEach(seat -> seat.execute(() -> seat.onLoops(task)));
    }

    /** All sockets of this node. */
    void forEachOutbox(BiConsumer<RoomKey, Outbox> task) {
        List<Map.Entry<RoomKey, Seat>> all = new ArrayList<>(seats.entrySet());
        all.forEach(entry -> entry.getValue()
                .execute(() -> entry.getValue().outboxes().forEach(outbox -> task.accept(entry.getKey(), outbox))));
    }
}
