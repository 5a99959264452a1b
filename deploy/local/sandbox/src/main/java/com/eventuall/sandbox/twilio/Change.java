package com.eventuall.sandbox.twilio;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * Something happened.
 *
 * @param type the vendor's post-action event, as in {@code onMessageAdded}
 * @param conversationSid where
 * @param resource the conversation, message or participant as it is now, or was before it was removed
 * @param fields the event's own webhook fields
 * @param source {@code API} or {@code SDK}
 * @param webhook whether the vendor would send a webhook: always for its SDKs, for REST only on request
 */
record Change(
        String type,
        String conversationSid,
        JsonObject resource,
        Map<String, String> fields,
        String source,
        boolean webhook) {}
