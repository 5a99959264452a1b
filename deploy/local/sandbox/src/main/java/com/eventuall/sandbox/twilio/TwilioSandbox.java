package com.eventuall.sandbox.twilio;

import com.eventuall.sandbox.Calls;
import com.eventuall.sandbox.Exchange;
import com.eventuall.sandbox.Faults;
import com.eventuall.sandbox.Reply;
import com.eventuall.sandbox.Sids;
import com.eventuall.sandbox.VendorSandbox;
import com.eventuall.sandbox.WebhookSender;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Twilio Conversations v1, service-scoped paths: {@code /v1/Services/{IS}/…}. */
public final class TwilioSandbox implements VendorSandbox {
    /** Its name in URLs. */
    public static final String NAME = "twilio";

    /** As a service webhook without further settings is delivered: within 5 s, and tried again. */
    private static final WebhookSender.Policy DELIVERY =
            new WebhookSender.Policy(4, Duration.ofSeconds(5), Duration.ofSeconds(1));

    private final Faults faults = new Faults();
    private final Changes changes = new Changes();
    private final TwilioKeys keys;
    private final ActionRates rates;
    private final Conversations conversations;
    private final Timers timers;
    private final Messages messages;
    private final Roles roles;
    private final TwilioWebhooks webhooks;
    private final Calls calls;
    private final OperationCounts counts = new OperationCounts();
    private final Set<String> authorizations;
    private Consumer<Exchange> observer = exchange -> {};

    /** Without the vendor's limit of 30 actions a second, so that tests may fill it quickly. */
    public TwilioSandbox(Vertx vertx, TwilioKeys keys) {
        this(vertx, keys, false);
    }

    /** @param limitRates whether more than 30 actions a second are refused, as the vendor does */
    public TwilioSandbox(Vertx vertx, TwilioKeys keys, boolean limitRates) {
        Clock clock = Clock.systemUTC();
        Sids sids = new Sids(RandomGenerator.getDefault());
        this.keys = keys;
        this.rates = new ActionRates(clock, limitRates);
        this.roles = new Roles(keys, clock, sids);
        this.conversations = new Conversations(keys, clock, sids, roles, changes, rates);
        this.timers = new Timers(vertx, clock, conversations);
        this.messages = new Messages(keys, clock, sids, changes, rates);
        this.webhooks = new TwilioWebhooks(keys, new WebhookSender(vertx, faults, DELIVERY));
        this.calls = new Calls(vertx, faults, TwilioError::forStatus);
        this.authorizations =
                Set.of(basic(keys.accountSid(), keys.authToken()), basic(keys.apiKeySid(), keys.apiKeySecret()));
        changes.listen(webhooks::send);
    }

    /** Where the service's webhooks go from now on. */
    public void sendWebhooksTo(String url) {
        webhooks.sendTo(url);
    }

    /** Shows every authenticated call from now on to an observer, on the server's event loop. */
    public void observe(Consumer<Exchange> calls) {
        observer = calls;
    }

    private static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void mount(Router api) {
        api.route("/v1/*").handler(this::authenticate);
        Operations operations =
                new Operations(api, calls, counts, keys.serviceSid(), exchange -> observer.accept(exchange));
        new ConversationRoutes(conversations, timers).mount(operations);
        new MessageRoutes(conversations, messages).mount(operations);
        new ServiceRoutes(roles, webhooks).mount(operations);
        operations.refuseTheRest();
        new ClientRoutes(conversations, messages, new AccessTokens(keys), changes).mount(api);
    }

    private void authenticate(RoutingContext call) {
        String header = call.request().getHeader("Authorization");
        if (header == null || !authorizations.contains(header)) {
            Reply refusal = TwilioError.AUTHENTICATION.reply();
            refusal.with("WWW-Authenticate", "Basic realm=\"Twilio API\"").send(call.response());
        } else {
            call.next();
        }
    }

    @Override
    public JsonObject state() {
        JsonArray all = new JsonArray();
        conversations.all().forEach(one -> all.add(one.stateToJson()));
        return new JsonObject()
                .put("conversations", all)
                .put("calls", counts.toJson())
                .put("highestRate", rates.highest());
    }

    @Override
    public void reset() {
        conversations.clear();
        timers.clear();
        rates.clear();
        counts.clear();
    }

    @Override
    public Faults faults() {
        return faults;
    }
}
