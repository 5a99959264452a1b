package com.eventuall.presence.ws;

import com.eventuall.contracts.ErrorCode;
import com.eventuall.presence.runtime.PresenceConfig;
import io.netty.buffer.ByteBuf;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The messages to one client that are not about the room's state. */
@ApplicationScoped
public class Messages {
    /** The subprotocol. */
    public static final String PROTOCOL = "presence.v1";

    private final long heartbeatMillis;

    Messages(PresenceConfig config) {
        heartbeatMillis = config.heartbeat().toMillis();
    }

    void hello(Outbox outbox) {
        send(
                outbox,
                new JsonObject()
                        .put("type", "hello")
                        .put("protocol", PROTOCOL)
                        .put("connectionId", outbox.connectionId())
                        .put("heartbeatMs", heartbeatMillis));
    }

    void malformed(Outbox outbox) {
        send(
                outbox,
                new JsonObject()
                        .put("type", "error")
                        .put("code", ErrorCode.INVALID_REQUEST.code())
                        .put("message", "Not a message of " + PROTOCOL)
                        .put("retryable", false));
    }

    void drain(Outbox outbox, Duration after) {
        send(outbox, new JsonObject().put("type", "drain").put("afterMs", after.toMillis()));
    }

    private static void send(Outbox outbox, JsonObject message) {
        ByteBuf frame = Frames.text(message.encode().getBytes(StandardCharsets.UTF_8));
        try {
            outbox.write(frame);
        } finally {
            frame.release();
        }
    }
}
