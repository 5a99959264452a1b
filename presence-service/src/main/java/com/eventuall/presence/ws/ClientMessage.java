package com.eventuall.presence.ws;

import com.eventuall.presence.Status;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a client says.
 *
 * @param kind which message it is
 * @param status how the person is; only in a heartbeat
 */
record ClientMessage(Kind kind, @Nullable Status status) {
    private static final JsonFactory JSON = new JsonFactory();

    /** The messages there are. */
    enum Kind {
        HEARTBEAT,
        LEAVE,
        RESYNC,
        /** Of a later version of the protocol; to be ignored. */
        UNKNOWN,
        /** Not one JSON object with a type, or with a field that does not fit. */
        MALFORMED
    }

    private static final ClientMessage MALFORMED = new ClientMessage(Kind.MALFORMED, null);

    /** How the person is, in a heartbeat. */
    Status heartbeatStatus() {
        return status == null ? Status.ONLINE : status;
    }

    static ClientMessage read(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return MALFORMED;
            }
            String type = null;
            String status = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if (field.equals("type")) {
                    type = json.getValueAsString();
                } else if (field.equals("status")) {
                    status = json.getValueAsString();
                }
                json.skipChildren();
            }
            boolean whole = json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
            return whole && type != null ? of(type, status) : MALFORMED;
        } catch (IOException notJson) {
            return MALFORMED;
        }
    }

    private static ClientMessage of(String type, @Nullable String status) {
        return switch (type) {
            case "heartbeat" -> heartbeat(status);
            case "leave" -> new ClientMessage(Kind.LEAVE, null);
            case "resync" -> new ClientMessage(Kind.RESYNC, null);
            default -> new ClientMessage(Kind.UNKNOWN, null);
        };
    }

    private static ClientMessage heartbeat(@Nullable String status) {
        if (status == null || status.equals("online")) {
            return new ClientMessage(Kind.HEARTBEAT, Status.ONLINE);
        }
        return status.equals("away") ? new ClientMessage(Kind.HEARTBEAT, Status.AWAY) : MALFORMED;
    }
}
