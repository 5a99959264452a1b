package com.eventuall.local.launcher;

import com.eventuall.sandbox.RtmpIngest;
import com.eventuall.sandbox.SandboxServer;
import com.eventuall.sandbox.VendorSandbox;
import com.eventuall.sandbox.livekit.LivekitKeys;
import com.eventuall.sandbox.livekit.LivekitSandbox;
import com.eventuall.sandbox.mux.MuxKeys;
import com.eventuall.sandbox.mux.MuxSandbox;
import com.eventuall.sandbox.mux.MuxTimings;
import com.eventuall.sandbox.twilio.TwilioKeys;
import com.eventuall.sandbox.twilio.TwilioSandbox;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The vendors of this stack: a sandbox with new credentials for each, or the real one if its credentials are in the
 * environment (which the services inherit).
 */
final class Vendors {
    /** Of stream keys that the Mux sandbox made; fixed, so that a kept data directory stays readable. */
    private static final String DEVELOPMENT_KEY = Base64.getEncoder()
            .encodeToString("local development only, no secret".substring(0, 32).getBytes(StandardCharsets.UTF_8));

    private final Vertx vertx;
    private final String gateway;
    private final Map<String, String> outer;
    private final Map<String, String> environment = new HashMap<>();
    private final JsonObject info = new JsonObject();
    private final LivekitKeys livekit = LivekitKeys.generate();
    private final TwilioKeys twilio = TwilioKeys.generate();
    private final MuxKeys mux = MuxKeys.generate();
    private final SandboxServer server;

    private Vendors(Vertx vertx, String gateway, Map<String, String> outer) {
        this.vertx = vertx;
        this.gateway = gateway;
        this.outer = outer;
        this.server = SandboxServer.start(vertx, 0, sandboxes());
    }

    /**
     * Starts the sandboxes that are needed.
     *
     * @param gateway the origin under which they and the webhook routes are reached
     * @param outer the environment of this process
     */
    static Vendors start(Vertx vertx, String gateway, Map<String, String> outer) {
        Vendors vendors = new Vendors(vertx, gateway, outer);
        vendors.describe();
        return vendors;
    }

    private boolean ownLivekit() {
        return !outer.containsKey("LIVEKIT_API_KEY");
    }

    private boolean ownTwilio() {
        return !outer.containsKey("TWILIO_ACCOUNT_SID");
    }

    private boolean ownMux() {
        return !outer.containsKey("MUX_TOKEN_ID");
    }

    /** The vendors that have no sandbox here. */
    Set<String> real() {
        Set<String> real = new HashSet<>();
        if (!ownLivekit()) {
            real.add("livekit");
        }
        if (!ownTwilio()) {
            real.add("twilio");
        }
        if (!ownMux()) {
            real.add("mux");
        }
        return real;
    }

    private List<VendorSandbox> sandboxes() {
        List<VendorSandbox> sandboxes = new ArrayList<>();
        RtmpIngest ingest = RtmpIngest.NOWHERE;
        if (ownMux()) {
            MuxSandbox sandbox = new MuxSandbox(vertx, mux, MuxTimings.QUICK, List.of(webhooks("mux")));
            sandboxes.add(sandbox);
            ingest = sandbox.ingest();
        }
        if (ownLivekit()) {
            sandboxes.add(new LivekitSandbox(vertx, livekit, List.of(webhooks("livekit")), ingest));
        }
        if (ownTwilio()) {
            TwilioSandbox sandbox = new TwilioSandbox(vertx, twilio);
            sandbox.sendWebhooksTo(webhooks("twilio"));
            sandboxes.add(sandbox);
        }
        return sandboxes;
    }

    private String webhooks(String vendor) {
        return gateway + "/v1/webhooks/" + vendor;
    }

    private void describe() {
        if (ownLivekit()) {
            describeLivekit(livekit);
        } else {
            describeReal("livekit", outer.getOrDefault("LIVEKIT_URL", ""));
        }
        if (ownTwilio()) {
            describeTwilio(twilio);
        } else {
            describeReal("twilio", "https://conversations.twilio.com");
        }
        if (ownMux()) {
            describeMux(mux);
        } else {
            describeReal("mux", "https://api.mux.com");
        }
        environment.put("RECORDING_ENCRYPTION_KEY", outer.getOrDefault("RECORDING_ENCRYPTION_KEY", DEVELOPMENT_KEY));
    }

    private void describeReal(String vendor, String url) {
        info.put(vendor, new JsonObject().put("url", url).put("sandbox", false));
    }

    private void describeLivekit(LivekitKeys keys) {
        String url = gateway.replaceFirst("^http", "ws") + "/sandbox/livekit";
        String apiUrl = server.ownOrigin(LivekitSandbox.NAME);
        environment.put("LIVEKIT_URL", url);
        environment.put("LIVEKIT_API_URL", apiUrl);
        environment.put("LIVEKIT_API_KEY", keys.apiKey());
        environment.put("LIVEKIT_API_SECRET", keys.apiSecret());
        info.put(
                "livekit",
                new JsonObject()
                        .put("url", url)
                        .put("apiUrl", apiUrl)
                        .put("apiKey", keys.apiKey())
                        .put("apiSecret", keys.apiSecret()));
    }

    private void describeTwilio(TwilioKeys keys) {
        String baseUrl = gateway + "/sandbox/twilio";
        environment.put("TWILIO_BASE_URL", baseUrl);
        environment.put("TWILIO_ACCOUNT_SID", keys.accountSid());
        environment.put("TWILIO_AUTH_TOKEN", keys.authToken());
        environment.put("TWILIO_API_KEY_SID", keys.apiKeySid());
        environment.put("TWILIO_API_KEY_SECRET", keys.apiKeySecret());
        environment.put("TWILIO_SERVICE_SID", keys.serviceSid());
        info.put(
                "twilio",
                new JsonObject()
                        .put("baseUrl", baseUrl)
                        .put("accountSid", keys.accountSid())
                        .put("authToken", keys.authToken())
                        .put("apiKeySid", keys.apiKeySid())
                        .put("apiKeySecret", keys.apiKeySecret())
                        .put("serviceSid", keys.serviceSid()));
    }

    private void describeMux(MuxKeys keys) {
        String baseUrl = gateway + "/sandbox/mux";
        environment.put("MUX_BASE_URL", baseUrl);
        environment.put("MUX_TOKEN_ID", keys.tokenId());
        environment.put("MUX_TOKEN_SECRET", keys.tokenSecret());
        environment.put("MUX_WEBHOOK_SECRET", keys.webhookSecret());
        info.put(
                "mux",
                new JsonObject()
                        .put("baseUrl", baseUrl)
                        .put("tokenId", keys.tokenId())
                        .put("tokenSecret", keys.tokenSecret())
                        .put("webhookSecret", keys.webhookSecret()));
    }

    /** What the services have to know of the sandboxes. */
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** What {@code /dev/info} says of them: base URLs and the sandboxes' own credentials, never those of a real account. */
    JsonObject info() {
        return info.copy();
    }

    int port() {
        return server.port();
    }
}
