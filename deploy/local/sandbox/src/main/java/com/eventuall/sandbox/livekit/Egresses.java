package com.eventuall.sandbox.livekit;

import com.eventuall.sandbox.Fault;
import com.eventuall.sandbox.Faults;
import com.eventuall.sandbox.RtmpIngest;
import com.eventuall.sandbox.Sids;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import livekit.LivekitEgress.EgressInfo;
import livekit.LivekitEgress.EgressStatus;
import livekit.LivekitEgress.RoomCompositeEgressRequest;
import livekit.LivekitModels.Room;
import livekit.LivekitWebhook.WebhookEvent;

/** All egresses: started, active, retried when the receiver cuts them off, ended. Belongs to the server's event loop. */
final class Egresses implements RoomListener {
    static final String OPERATION = "egress";
    static final String SLOW_START = "slow-start";
    static final String FAIL = "fail";

    private static final Duration START = Duration.ofMillis(200);
    private static final Duration END = Duration.ofMillis(150);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration RETRY_LIMIT = Duration.ofSeconds(30);
    private static final int PRECONDITION = 412;
    private static final int UNAVAILABLE = 503;

    private final Vertx vertx;
    private final Clock clock;
    private final Sids sids;
    private final Faults faults;
    private final LivekitWebhooks webhooks;
    private final Rooms rooms;
    private final RtmpIngest ingest;
    private final Map<String, Egress> egresses = new LinkedHashMap<>();

    Egresses(
            Vertx vertx,
            Clock clock,
            Sids sids,
            Faults faults,
            LivekitWebhooks webhooks,
            Rooms rooms,
            RtmpIngest ingest) {
        this.vertx = vertx;
        this.clock = clock;
        this.sids = sids;
        this.faults = faults;
        this.webhooks = webhooks;
        this.rooms = rooms;
        this.ingest = ingest;
        rooms.addListener(this);
    }

    EgressInfo start(RoomCompositeEgressRequest request, List<String> urls) {
        LiveRoom room = rooms.get(request.getRoomName());
        Egress egress = new Egress(sids.letters("EG_", 12), room.info(), request, urls, clock.instant());
        egresses.put(egress.id(), egress);
        room.setActiveRecording(true);
        send("egress_started", egress);
        Duration more = faults.take(OPERATION, SLOW_START, json(egress))
                .map(Fault::delay)
                .orElse(Duration.ZERO);
        vertx.setTimer(START.plus(more).toMillis(), timer -> begin(egress));
        return egress.info();
    }

    private void begin(Egress egress) {
        if (egress.status() != EgressStatus.EGRESS_STARTING) {
            return;
        }
        if (faults.take(OPERATION, FAIL, json(egress)).isPresent()) {
            end(egress, EgressStatus.EGRESS_FAILED, "End reason: Failure", UNAVAILABLE);
        } else if (!connect(egress)) {
            end(egress, EgressStatus.EGRESS_FAILED, "All outputs failed: RTMP rejected", UNAVAILABLE);
        } else {
            egress.activate(clock.instant());
            send("egress_updated", egress);
        }
    }

    /** One connection for each URL; the egress lives as long as the first. */
    private boolean connect(Egress egress) {
        Optional<RtmpIngest.Connection> connection =
                ingest.connect(egress.urls().get(0), () -> retry(egress, clock.instant()));
        egress.connection(connection.orElse(null));
        return connection.isPresent();
    }

    /** The receiver cut the connection: tried again for a while, as the real one does. */
    private void retry(Egress egress, Instant since) {
        egress.connection(null);
        vertx.setTimer(RETRY.toMillis(), timer -> {
            if (egress.status() != EgressStatus.EGRESS_ACTIVE || connect(egress)) {
                return;
            }
            egress.retried(clock.instant());
            if (Duration.between(since, clock.instant()).compareTo(RETRY_LIMIT) > 0) {
                end(egress, EgressStatus.EGRESS_FAILED, "All outputs failed: no progress", UNAVAILABLE);
            } else {
                retry(egress, since);
            }
        });
    }

    EgressInfo stop(String id) {
        Egress egress = get(id);
        switch (egress.status()) {
            case EGRESS_STARTING ->
                end(egress, EgressStatus.EGRESS_ABORTED, "Stop called before pipeline could start", PRECONDITION);
            case EGRESS_ACTIVE -> {
                egress.ending(clock.instant());
                send("egress_updated", egress);
                vertx.setTimer(
                        END.toMillis(),
                        timer -> end(egress, EgressStatus.EGRESS_COMPLETE, "End reason: StopEgress API", 0));
            }
            default ->
                throw TwirpError.FAILED_PRECONDITION.refuse(
                        "egress with status " + egress.status() + " cannot be stopped");
        }
        return egress.info();
    }

    private void end(Egress egress, EgressStatus status, String details, int errorCode) {
        if (egress.over()) {
            return;
        }
        egress.end(status, details, errorCode, clock.instant());
        send("egress_ended", egress);
        String room = egress.info().getRoomName();
        boolean last = egresses.values().stream()
                .allMatch(other -> other.over() || !other.info().getRoomName().equals(room));
        if (last) {
            rooms.find(room).ifPresent(found -> found.setActiveRecording(false));
        }
    }

    /** A failure was asked for: hits what is running now, or else the next that starts. */
    void failMatching() {
        egresses.values().stream()
                .filter(egress -> egress.status() == EgressStatus.EGRESS_ACTIVE)
                .toList()
                .forEach(egress -> faults.take(OPERATION, FAIL, json(egress))
                        .ifPresent(
                                fault -> end(egress, EgressStatus.EGRESS_FAILED, "End reason: Failure", UNAVAILABLE)));
    }

    @Override
    public void roomFinished(Room room) {
        egresses.values().stream()
                .filter(egress -> egress.info().getRoomId().equals(room.getSid()))
                .forEach(egress -> end(egress, EgressStatus.EGRESS_COMPLETE, "End reason: Source closed", 0));
    }

    Egress get(String id) {
        return Optional.ofNullable(egresses.get(id))
                .orElseThrow(() -> TwirpError.NOT_FOUND.refuse("egress does not exist"));
    }

    Collection<Egress> all() {
        return List.copyOf(egresses.values());
    }

    void clear() {
        egresses.values().forEach(egress -> egress.end(EgressStatus.EGRESS_ABORTED, "reset", 0, clock.instant()));
        egresses.clear();
    }

    private void send(String event, Egress egress) {
        webhooks.send(egress.id(), WebhookEvent.newBuilder().setEvent(event).setEgressInfo(egress.info()));
    }

    private static String json(Egress egress) {
        return Twirp.json(egress.info());
    }
}
