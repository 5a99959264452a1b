package com.eventuall.chat;

import java.util.Map;

/** Tells the vendor's webhooks from forged ones. */
public interface WebhookSignatures {
    /**
     * Whether the vendor signed exactly this.
     *
     * @param pathAndQuery of the request, as the vendor called it
     * @param parameters the form's fields
     * @param signature what the request claims; empty if it has none
     */
    boolean isGenuine(String pathAndQuery, Map<String, String> parameters, String signature);
}
