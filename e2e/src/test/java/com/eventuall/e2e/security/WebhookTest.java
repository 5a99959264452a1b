package com.eventuall.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.e2e.Stack;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Webhooks of the three vendors that are not theirs, not new, or not about us. */
@SecurityTest
class WebhookTest {
    static Stream<String> vendors() {
        return Stream.of("livekit", "mux", "twilio");
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void genuineOneIsTakenAndItsReplayChangesNothing(String vendor, Stack stack, Figures figures) {
        Webhook webhook = Webhook.genuine(stack, vendor);
        assertThat(webhook.send(stack).statusCode()).isBetween(200, 299);
        StateProbe before = probe(stack);
        figures.refused(() -> assertThat(webhook.send(stack).statusCode()).isBetween(200, 299));
        before.assertUnchanged(stack, "hooked", "main", figures);
    }

    /** A limit that vendors reach is no defence: attributes at Twilio may have 16 KiB. */
    @Test
    void longOnesAreTaken(Stack stack) {
        String content = Webhook.content(stack, "twilio", "onMessageAdded") + "&Attributes=" + "a".repeat(16 * 1024);
        assertThat(Webhook.signed(stack, "twilio", content).send(stack).statusCode())
                .isBetween(200, 299);
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void onesThatDoNotSayTheirLengthAreTaken(String vendor, Stack stack) {
        assertThat(Webhook.genuine(stack, vendor).sendInChunks(stack).statusCode())
                .isBetween(200, 299);
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void forgedOnesAreRefused(String vendor, Stack stack, Figures figures) {
        StateProbe before = probe(stack);
        Webhook genuine = Webhook.genuine(stack, vendor);
        String signature = genuine.signature();
        int middle = signature.length() / 2;
        char other = signature.charAt(middle) == 'a' ? 'b' : 'a';
        List<Webhook> forged = List.of(
                genuine.withSignature(""),
                genuine.withSignature("x"),
                genuine.withSignature("t=1,v1=00"),
                genuine.withSignature(signature.substring(0, middle) + other + signature.substring(middle + 1)),
                genuine.withSignature(signature + "00"),
                genuine.withSignature("a".repeat(10_000)),
                genuine.withSignature("eyJhbGciOiJub25lIn0.eyJpc3MiOiJrIn0."),
                genuine.withBody(genuine.body().replace("room_started", "room_finished")),
                genuine.withBody(genuine.body() + " "),
                Webhook.wrongKey(stack, vendor));
        for (Webhook webhook : forged) {
            figures.refused(webhook.send(stack), 400, 401, 403);
        }
        if (!vendor.equals("twilio")) {
            // Twilio signs no time.
            figures.refused(Webhook.old(stack, vendor).send(stack), 401);
        }
        before.assertUnchanged(stack, "hooked", "main", figures);
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void hugeOnesAreRefused(String vendor, Stack stack, Figures figures) {
        Webhook genuine = Webhook.genuine(stack, vendor);
        figures.refused(genuine.withBody("a=" + "x".repeat(2 << 20)).send(stack), 413);
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void unknownKindsAreTakenAndDoNothing(String vendor, Stack stack, Figures figures) {
        StateProbe before = probe(stack);
        figures.refused(() -> {
            String content = Webhook.content(stack, vendor, "video.unheard.of");
            assertThat(Webhook.signed(stack, vendor, content).send(stack).statusCode())
                    .isBetween(200, 299);
        });
        before.assertUnchanged(stack, "hooked", "main", figures);
    }

    /** A vendor's key in the wrong hands, or a vendor's mistake: right signature, senseless content. */
    @ParameterizedTest
    @MethodSource("vendors")
    void signedNonsenseIsNoFaultOfOurs(String vendor, Stack stack, Figures figures) {
        for (String body : List.of(
                "",
                "null",
                "[]",
                "{}",
                "{\"id\":1,\"event\":2}",
                "{\"id\":\"a\\u0000b\",\"event\":\"egress_ended\",\"room\":{\"name\":\"hooked:main\"}}",
                "{\"id\":\"" + "a".repeat(5000) + "\",\"event\":\"x\"}",
                "{\"id\":\"x\\u0000\",\"type\":\"t\",\"data\":{\"passthrough\":\"rec:dev:019ab2f4-7a10-7c3e-9d55-0a4be3f0c0aa\"}}",
                "[".repeat(50_000),
                "EventType=onConversationRemoved&ConversationSid=%00",
                "EventType=onConversationRemoved",
                "%%%=%zz&&&=")) {
            HttpResponse<String> response;
            try {
                response = Webhook.signed(stack, vendor, body).send(stack);
            } catch (IllegalArgumentException e) {
                // A form that cannot be read cannot be signed either.
                continue;
            }
            figures.fuzzed(response);
        }
    }

    private static StateProbe probe(Stack stack) {
        return StateProbe.of(stack, "hooked", "main");
    }
}
