package com.eventuall.sandbox.livekit;

import com.eventuall.sandbox.Sids;
import com.eventuall.sandbox.Webhook;
import com.eventuall.sandbox.WebhookSender;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import livekit.LivekitWebhook.WebhookEvent;

/** Signs events and sends them to the configured URLs, those of one room or egress in order. */
final class LivekitWebhooks {
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace();

    private final WebhookSender sender;
    private final LivekitTokens tokens;
    private final Sids sids;
    private final Clock clock;
    private volatile List<String> urls;

    LivekitWebhooks(WebhookSender sender, LivekitTokens tokens, Sids sids, Clock clock, List<String> urls) {
        this.sender = sender;
        this.tokens = tokens;
        this.sids = sids;
        this.clock = clock;
        this.urls = List.copyOf(urls);
    }

    void sendTo(List<String> receivers) {
        urls = List.copyOf(receivers);
    }

    /**
     * Sends an event; its id and time are set here.
     *
     * @param queue what the event is about: events of one queue keep their order
     */
    void send(String queue, WebhookEvent.Builder event) {
        String body = print(event.setId(sids.letters("EV_", 12))
                .setCreatedAt(clock.millis() / 1000)
                .build());
        Map<String, String> headers = Map.of(
                "Content-Type", "application/webhook+json",
                "User-Agent", "LiveKit",
                "Authorization", tokens.signWebhook(body));
        urls.forEach(url -> sender.send(queue, new Webhook(url, headers, body)));
    }

    private static String print(WebhookEvent event) {
        try {
            return PRINTER.print(event);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("not printable", e);
        }
    }
}
