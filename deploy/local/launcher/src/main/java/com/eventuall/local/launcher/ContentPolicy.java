package com.eventuall.local.launcher;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The console's content security policy: its own files and gateway only, and what the packages of real vendors need. */
final class ContentPolicy {
    private final Map<String, String> sources = new LinkedHashMap<>();

    private ContentPolicy(int port) {
        sources.put("default-src", "'none'");
        sources.put("script-src", "'self'");
        sources.put("style-src", "'self'");
        sources.put("img-src", "'self' data:");
        sources.put("font-src", "'self'");
        sources.put("media-src", "'self' blob:");
        sources.put("connect-src", "'self' ws://127.0.0.1:" + port + " ws://localhost:" + port);
        sources.put("base-uri", "'none'");
        sources.put("form-action", "'none'");
        sources.put("frame-ancestors", "'none'");
    }

    /**
     * @param port of the gateway
     * @param real the vendors that have no sandbox here
     */
    static String of(int port, Set<String> real) {
        ContentPolicy policy = new ContentPolicy(port);
        if (real.contains("livekit")) {
            // Its servers are wherever the account, or the operator, has them: also on this machine, without TLS.
            policy.add("connect-src", "https: wss: http: ws:");
        }
        if (real.contains("twilio")) {
            policy.add("connect-src", "https://*.twilio.com wss://*.twilio.com");
        }
        if (real.contains("mux")) {
            policy.add("connect-src", "https://*.mux.com https://*.litix.io");
            policy.add("media-src", "https://*.mux.com");
            policy.add("img-src", "https://image.mux.com");
            // The player decodes in a worker made from a blob, and brings its own styles.
            policy.add("worker-src", "'self' blob:");
            policy.add("style-src", "'unsafe-inline'");
        }
        return policy.sources.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("; "));
    }

    private void add(String directive, String more) {
        sources.merge(directive, more, (known, added) -> known + " " + added);
    }
}
