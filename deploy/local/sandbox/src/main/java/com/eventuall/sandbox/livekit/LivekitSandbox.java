package com.eventuall.sandbox.livekit;

import com.eventuall.sandbox.Calls;
import com.eventuall.sandbox.Fault;
import com.eventuall.sandbox.Faults;
import com.eventuall.sandbox.RtmpIngest;
import com.eventuall.sandbox.Sids;
import com.eventuall.sandbox.VendorSandbox;
import com.eventuall.sandbox.WebhookSender;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** LiveKit, self-hosted, with its server API and webhooks but without media. */
public final class LivekitSandbox implements VendorSandbox {
    /** Its name in URLs. */
    public static final String NAME = "livekit";

    private static final WebhookSender.Policy DELIVERY =
            new WebhookSender.Policy(5, Duration.ofSeconds(5), Duration.ofSeconds(1));

    private final Vertx vertx;
    private final Faults faults = new Faults();
    private final LivekitTokens tokens;
    private final LivekitWebhooks webhooks;
    private final Rooms rooms;
    private final Egresses egresses;

    /** Egresses push into the void. */
    public LivekitSandbox(Vertx vertx, LivekitKeys keys, List<String> webhookUrls) {
        this(vertx, keys, webhookUrls, RtmpIngest.NOWHERE);
    }

    /**
     * A server of its own.
     *
     * @param webhookUrls may be empty, and set later by {@link #sendWebhooksTo}
     * @param ingest where egresses push to
     */
    public LivekitSandbox(Vertx vertx, LivekitKeys keys, List<String> webhookUrls, RtmpIngest ingest) {
        Clock clock = Clock.systemUTC();
        Sids sids = new Sids(RandomGenerator.getDefault());
        this.vertx = vertx;
        this.tokens = new LivekitTokens(keys, clock);
        this.webhooks =
                new LivekitWebhooks(new WebhookSender(vertx, faults, DELIVERY), tokens, sids, clock, webhookUrls);
        this.rooms = new Rooms(vertx, clock, sids, webhooks);
        this.egresses = new Egresses(vertx, clock, sids, faults, webhooks, rooms, ingest);
    }

    /** Where events go from now on. */
    public void sendWebhooksTo(List<String> urls) {
        webhooks.sendTo(urls);
    }

    /** Closes a room as if its last participant had left long ago; whether there was one. To be called on the event loop. */
    public boolean closeRoom(String room) {
        rooms.find(room).ifPresent(rooms::close);
        return rooms.find(room).isEmpty();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void mount(Router api) {
        Twirp twirp = new Twirp(api, tokens, new Calls(vertx, faults, TwirpError::forStatus));
        new RoomService(rooms).mount(twirp);
        new EgressService(egresses).mount(twirp);
        twirp.refuseOthers();
        new ParticipantRoutes(rooms, tokens).mount(api);
    }

    @Override
    public JsonObject state() {
        JsonArray all = new JsonArray();
        for (LiveRoom room : rooms.all()) {
            JsonArray participants = new JsonArray();
            room.participants().forEach(one -> participants.add(new JsonObject(Twirp.json(one))));
            all.add(new JsonObject(Twirp.json(room.info())).put("participants", participants));
        }
        JsonArray pushing = new JsonArray();
        egresses.all().forEach(egress -> pushing.add(new JsonObject(Twirp.json(egress.info()))));
        return new JsonObject().put("rooms", all).put("egresses", pushing);
    }

    @Override
    public void reset() {
        egresses.clear();
        rooms.clear();
    }

    @Override
    public Faults faults() {
        return faults;
    }

    @Override
    public Map<String, Set<String>> lifeCycleEffects() {
        return Map.of(Egresses.OPERATION, Set.of(Egresses.SLOW_START, Egresses.FAIL));
    }

    @Override
    public void faultAdded(Fault fault) {
        if (fault.effect().equals(Egresses.FAIL)) {
            egresses.failMatching();
        }
    }

    @Override
    public boolean needsOwnPort() {
        return true;
    }
}
