package com.eventuall.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ContentPolicyTest {
    @Test
    void withSandboxesNothingLeavesTheGateway() {
        assertThat(ContentPolicy.of(8080, Set.of()))
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                        + " font-src 'self'; media-src 'self' blob:;"
                        + " connect-src 'self' ws://127.0.0.1:8080 ws://localhost:8080;"
                        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    @Test
    void eachRealVendorOpensItsOwnAddressesOnly() {
        assertThat(ContentPolicy.of(1, Set.of("livekit"))).contains("ws://localhost:1 https: wss: http: ws:;");
        assertThat(ContentPolicy.of(1, Set.of("twilio")))
                .contains("ws://localhost:1 https://*.twilio.com wss://*.twilio.com;")
                .doesNotContain("mux");
        assertThat(ContentPolicy.of(1, Set.of("mux")))
                .contains(
                        "https://*.litix.io;", "worker-src 'self' blob:", "img-src 'self' data: https://image.mux.com;")
                .doesNotContain("twilio");
    }

    @Test
    void scriptsAreAlwaysOurOwn() {
        assertThat(ContentPolicy.of(1, Set.of("livekit", "twilio", "mux"))).contains("script-src 'self';");
    }
}
