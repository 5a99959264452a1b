package com.eventuall.sandbox.livekit;

import com.eventuall.sandbox.Calls;
import com.eventuall.sandbox.Refusal;
import com.eventuall.sandbox.Reply;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Twirp services on a router: {@code POST /twirp/livekit.{Service}/{Method}}, in protobuf or JSON as the request's content
 * type says. The token is verified first, then the method's grant, then failure switches apply.
 */
final class Twirp {
    private static final String PROTOBUF = "application/protobuf";
    private static final String JSON = "application/json";
    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().preservingProtoFieldNames().alwaysPrintFieldsWithNoPresence();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    private final Router router;
    private final LivekitTokens tokens;
    private final Calls calls;

    Twirp(Router router, LivekitTokens tokens, Calls calls) {
        this.router = router;
        this.tokens = tokens;
        this.calls = calls;
    }

    /**
     * Adds a method.
     *
     * @param prototype the default instance of its request
     * @param granted whether a token permits this request
     * @param method the work; refuses with {@link TwirpError#refuse}
     */
    <Q extends Message> void method(
            String service, String name, Q prototype, BiPredicate<Grants, Q> granted, Function<Q, Message> method) {
        router.post("/twirp/livekit." + service + "/" + name).handler(call -> {
            try {
                Grants grants = tokens.authorize(call.request().getHeader("Authorization"));
                boolean json = isJson(call);
                Q request = decode(call, prototype, json);
                if (!granted.test(grants, request)) {
                    throw TwirpError.UNAUTHENTICATED.refuse("permissions denied");
                }
                calls.serve(call, name, json(request), () -> encode(method.apply(request), json));
            } catch (Refusal refusal) {
                refusal.reply().send(call.response());
            }
        });
    }

    /** Answers calls of services and methods that were not added; to be called last. */
    void refuseOthers() {
        router.route("/twirp/*")
                .handler(call -> TwirpError.BAD_ROUTE
                        .reply("no handler for path " + call.request().path())
                        .send(call.response()));
    }

    /** JSON with snake_case names and default values, as LiveKit's Twirp server writes it. */
    static String json(Message message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("not printable", e);
        }
    }

    private static boolean isJson(RoutingContext call) {
        String type = String.valueOf(call.request().getHeader("Content-Type"));
        if (type.startsWith(JSON)) {
            return true;
        }
        if (type.startsWith(PROTOBUF)) {
            return false;
        }
        throw TwirpError.BAD_ROUTE.refuse("unexpected Content-Type: " + type);
    }

    @SuppressWarnings("unchecked")
    private static <Q extends Message> Q decode(RoutingContext call, Q prototype, boolean json) {
        byte[] body = call.body().buffer() == null
                ? new byte[0]
                : call.body().buffer().getBytes();
        Message.Builder builder = prototype.newBuilderForType();
        try {
            if (json) {
                PARSER.merge(new String(body, StandardCharsets.UTF_8), builder);
            } else {
                builder.mergeFrom(body);
            }
            return (Q) builder.build();
        } catch (InvalidProtocolBufferException e) {
            throw TwirpError.MALFORMED.refuse("the request could not be decoded");
        }
    }

    private static Reply encode(Message answer, boolean json) {
        return json
                ? Reply.bytes(200, JSON, json(answer).getBytes(StandardCharsets.UTF_8))
                : Reply.bytes(200, PROTOBUF, answer.toByteArray());
    }
}
