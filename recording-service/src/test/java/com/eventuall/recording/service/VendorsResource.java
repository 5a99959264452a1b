package com.eventuall.recording.service;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts the sandboxes and points the service at them, with short times. */
public final class VendorsResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable Vendors vendors;

    @Override
    public Map<String, String> start() {
        Vendors started = new Vendors();
        vendors = started;
        return configuration(started);
    }

    /** Where the vendors are, and times short enough for tests. */
    public static Map<String, String> configuration(Vendors vendors) {
        Map<String, String> configuration = new HashMap<>();
        configuration.put("mux.base-url", vendors.muxUrl());
        configuration.put("mux.token-id", Vendors.MUX.tokenId());
        configuration.put("mux.token-secret", Vendors.MUX.tokenSecret());
        configuration.put("mux.webhook-secret", Vendors.MUX.webhookSecret());
        configuration.put("livekit.api-url", vendors.livekitUrl());
        configuration.put("livekit.api-key", Vendors.LIVEKIT.apiKey());
        configuration.put("livekit.api-secret", Vendors.LIVEKIT.apiSecret());
        configuration.put("eventuall.public-url", "https://live.example.com");
        configuration.put("eventuall.environment", "test");
        configuration.put("recording.encryption-key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
        configuration.put("recording.lease", "5s");
        configuration.put("recording.vendor-timeout", "2s");
        configuration.put("recording.settle", "500ms");
        configuration.put("recording.sweep-interval", "1s");
        configuration.put("recording.health-interval", "1s");
        configuration.put("recording.start-timeout", "3s");
        configuration.put("recording.asset-poll-max", "500ms");
        configuration.put("recording.reconnect-window", "6s");
        configuration.put("recording.clip.pad-before", "0s");
        configuration.put("recording.clip.pad-after", "0s");
        configuration.put("recording.clip.offset", "0s");
        configuration.put("recording.clip.stay-grace", "500ms");
        return configuration;
    }

    @Override
    public void inject(TestInjector injector) {
        if (vendors != null) {
            injector.injectIntoFields(
                    vendors, new TestInjector.AnnotatedAndMatchesType(Sandboxes.class, Vendors.class));
        }
    }

    @Override
    public void stop() {
        if (vendors != null) {
            vendors.close();
        }
    }
}
