package com.eventuall.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HTTP answer, made before it is known whether a fault lets it through. */
public record Reply(int status, Map<String, String> headers, Buffer body) {

    public static Reply json(int status, JsonObject body) {
        return new Reply(status, Map.of("Content-Type", "application/json"), body.toBuffer());
    }

    public static Reply text(int status, String body) {
        return new Reply(status, Map.of("Content-Type", "text/plain; charset=utf-8"), Buffer.buffer(body));
    }

    public static Reply bytes(int status, String contentType, byte[] body) {
        return new Reply(status, Map.of("Content-Type", contentType), Buffer.buffer(body));
    }

    public static Reply noContent() {
        return new Reply(204, Map.of(), Buffer.buffer());
    }

    /** The same answer with one more header, if the value is not null. */
    public Reply with(String header, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value.toString());
        return new Reply(status, more, body);
    }

    /** Sends it, unless the caller has gone. */
    public void send(HttpServerResponse response) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status);
        headers.forEach(response::putHeader);
        response.end(body);
    }
}
