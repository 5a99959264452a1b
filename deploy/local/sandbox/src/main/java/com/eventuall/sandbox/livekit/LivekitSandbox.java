package com.eventuall.sandbox.livekit;

import com.eventuall.sandbox.Calls;
import com.eventuall.sandbox.Faults;
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

    /** @param webhookUrls may be empty, and set later by {@link #sendWebhooksTo} */
    public LivekitSandbox(Vertx vertx, LivekitKeys keys, List<String> webhookUrls) {
        Clock clock = Clock.systemUTC();
        Sids sids = new Sids(RandomGenerator.getDefault());
        this.vertx = vertx;
        this.tokens = new LivekitTokens(keys, clock);
        this.webhooks =
                new LivekitWebhooks(new WebhookSender(vertx, faults, DELIVERY), tokens, sids, clock, webhookUrls);
        this.rooms = new Rooms(vertx, clock, sids, webhooks);
    }

    /** Where events go from now on. */
    public void sendWebhooksTo(List<String> urls) {
        webhooks.sendTo(urls);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void mount(Router api) {
        Twirp twirp = new Twirp(api, tokens, new Calls(vertx, faults, TwirpError::forStatus));
        new RoomService(rooms).mount(twirp);
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
        return new JsonObject().put("rooms", all).put("egresses", new JsonArray());
    }

    @Override
    public void reset() {
        rooms.clear();
    }

    @Override
    public Faults faults() {
        return faults;
    }

    @Override
    public boolean needsOwnPort() {
        return true;
    }
}
