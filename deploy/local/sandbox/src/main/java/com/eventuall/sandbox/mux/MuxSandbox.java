package com.eventuall.sandbox.mux;

import com.eventuall.sandbox.Calls;
import com.eventuall.sandbox.Fault;
import com.eventuall.sandbox.Faults;
import com.eventuall.sandbox.Refusal;
import com.eventuall.sandbox.RtmpIngest;
import com.eventuall.sandbox.Sids;
import com.eventuall.sandbox.VendorSandbox;
import com.eventuall.sandbox.WebhookSender;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Mux Video, {@code /video/v1/…}, without media: encoders connect through {@link #ingest()}. */
public final class MuxSandbox implements VendorSandbox {
    /** Its name in URLs. */
    public static final String NAME = "mux";

    private static final WebhookSender.Policy DELIVERY =
            new WebhookSender.Policy(6, Duration.ofSeconds(5), Duration.ofSeconds(1));

    private final Faults faults = new Faults();
    private final Calls calls;
    private final String authorization;
    private final MuxWebhooks webhooks;
    private final MuxAssets assets;
    private final MuxStreams streams;

    /** @param webhookUrls may be empty, and set later by {@link #sendWebhooksTo} */
    public MuxSandbox(Vertx vertx, MuxKeys keys, MuxTimings timings, List<String> webhookUrls) {
        Clock clock = Clock.systemUTC();
        Sids sids = new Sids(RandomGenerator.getDefault());
        this.calls = new Calls(vertx, faults, MuxError::forStatus);
        this.authorization = "Basic "
                + Base64.getEncoder()
                        .encodeToString((keys.tokenId() + ":" + keys.tokenSecret()).getBytes(StandardCharsets.UTF_8));
        this.webhooks =
                new MuxWebhooks(new WebhookSender(vertx, faults, DELIVERY), clock, keys.webhookSecret(), webhookUrls);
        this.assets = new MuxAssets(vertx, clock, sids, faults, timings, webhooks);
        this.streams = new MuxStreams(vertx, clock, sids, faults, timings, webhooks, assets);
    }

    /** Where events go from now on. */
    public void sendWebhooksTo(List<String> urls) {
        webhooks.sendTo(urls);
    }

    /** Where encoders push to. */
    public RtmpIngest ingest() {
        return streams;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void mount(Router api) {
        api.route("/video/v1/*").handler(call -> {
            if (authorization.equals(call.request().getHeader("Authorization"))) {
                call.next();
            } else {
                Refusal refusal = MuxError.unauthorized();
                refusal.reply().send(call.response());
            }
        });
        new MuxRoutes(calls, streams, assets).mount(api);
    }

    @Override
    public JsonObject state() {
        JsonArray allStreams = new JsonArray();
        streams.all().forEach(stream -> allStreams.add(stream.json()));
        JsonArray allAssets = new JsonArray();
        assets.all().forEach(asset -> allAssets.add(asset.state()));
        return new JsonObject().put("live_streams", allStreams).put("assets", allAssets);
    }

    @Override
    public void reset() {
        streams.clear();
        assets.clear();
    }

    @Override
    public Faults faults() {
        return faults;
    }

    @Override
    public Map<String, Set<String>> lifeCycleEffects() {
        return Map.of(
                "stream",
                Set.of(MuxStreams.SLOW_ACTIVE, MuxStreams.DISCONNECT),
                "asset",
                Set.of(MuxAssets.ERRORED),
                "clip",
                Set.of(MuxAssets.CLIP_ERRORED));
    }

    @Override
    public void faultAdded(Fault fault) {
        if (fault.effect().equals(MuxStreams.DISCONNECT)) {
            streams.disconnectMatching();
        }
    }
}
