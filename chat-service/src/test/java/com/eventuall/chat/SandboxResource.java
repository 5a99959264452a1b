package com.eventuall.chat;

import com.eventuall.sandbox.Exchange;
import com.eventuall.sandbox.SandboxServer;
import com.eventuall.sandbox.twilio.TwilioKeys;
import com.eventuall.sandbox.twilio.TwilioSandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Twilio's sandbox, with the service pointed at it. Fields of type {@link Twilio} in test classes are filled in. */
public final class SandboxResource implements QuarkusTestResourceLifecycleManager {
    private Vertx vertx;
    private SandboxServer server;
    private Twilio twilio;

    @Override
    public Map<String, String> start() {
        TwilioKeys keys = TwilioKeys.generate();
        vertx = Vertx.vertx();
        Queue<Exchange> exchanges = new ConcurrentLinkedQueue<>();
        TwilioSandbox sandbox = new TwilioSandbox(vertx, keys, true);
        sandbox.observe(exchanges::add);
        server = SandboxServer.start(vertx, 0, List.of(sandbox));
        twilio = new Twilio(server.baseUrl("twilio"), keys, exchanges);
        return Map.of(
                "twilio.base-url", twilio.baseUrl(),
                "twilio.account-sid", keys.accountSid(),
                "twilio.auth-token", keys.authToken(),
                "twilio.api-key-sid", keys.apiKeySid(),
                "twilio.api-key-secret", keys.apiKeySecret(),
                "twilio.service-sid", keys.serviceSid());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(twilio, new TestInjector.MatchesType(Twilio.class));
    }

    @Override
    public void stop() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
