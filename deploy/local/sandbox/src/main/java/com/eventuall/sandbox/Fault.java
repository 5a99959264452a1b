package com.eventuall.sandbox;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One failure switch.
 *
 * @param operation a call, {@code webhook}, or a life cycle of the vendor
 * @param match part of the path or body of the request or webhook, or of the object's JSON; null matches all
 * @param times how often it hits before it is used up
 * @param effect see {@link #CALL_EFFECTS}, {@link #WEBHOOK_EFFECTS} and the vendor's life cycles
 * @param status HTTP status of an error; null for the vendor's usual one (503)
 * @param delay of the effects that wait
 * @param retryAfterSeconds sent as {@code Retry-After} with an error, if not null
 */
public record Fault(
        String operation,
        @Nullable String match,
        int times,
        String effect,
        @Nullable Integer status,
        Duration delay,
        @Nullable Integer retryAfterSeconds) {

    /** The operation that stands for every webhook of the vendor. */
    public static final String WEBHOOK = "webhook";

    /** The call fails and does nothing, after the delay if there is one. */
    public static final String ERROR = "error";
    /** The call does its work and then answers with an error. */
    public static final String ERROR_AFTER_EFFECT = "error-after-effect";
    /** The call starts late; a webhook goes out late. */
    public static final String DELAY = "delay";
    /** The call does its work and never answers; the connection is closed after the delay. */
    public static final String TIMEOUT_AFTER_EFFECT = "timeout-after-effect";
    /** The webhook is never sent. */
    public static final String DROP_WEBHOOK = "drop-webhook";
    /** The webhook is sent twice. */
    public static final String DUPLICATE_WEBHOOK = "duplicate-webhook";

    static final Set<String> CALL_EFFECTS = Set.of(ERROR, ERROR_AFTER_EFFECT, DELAY, TIMEOUT_AFTER_EFFECT);
    static final Set<String> WEBHOOK_EFFECTS = Set.of(DROP_WEBHOOK, DUPLICATE_WEBHOOK, DELAY);

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

    /** A fault without conditions that hits once. */
    public static Fault once(String operation, String effect) {
        return new Fault(operation, null, 1, effect, null, Duration.ZERO, null);
    }

    /**
     * Reads a fault from JSON.
     *
     * @param lifeCycles the vendor's own effects, by operation
     * @throws IllegalArgumentException says what is wrong; a misspelt switch must not go unnoticed
     */
    static Fault parse(JsonObject json, Map<String, Set<String>> lifeCycles) {
        String operation = required(json, "operation");
        String effect = required(json, "effect");
        Set<String> known =
                operation.equals(WEBHOOK) ? WEBHOOK_EFFECTS : lifeCycles.getOrDefault(operation, CALL_EFFECTS);
        if (!known.contains(effect)) {
            throw new IllegalArgumentException("effect " + effect + " is not one of " + known + " for " + operation);
        }
        int times = json.getInteger("times", 1);
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1");
        }
        Duration usual = effect.equals(TIMEOUT_AFTER_EFFECT) ? USUAL_TIMEOUT : Duration.ZERO;
        return new Fault(
                operation,
                json.getString("match"),
                times,
                effect,
                json.getInteger("status"),
                Duration.ofMillis(json.getLong("delayMs", usual.toMillis())),
                json.getInteger("retryAfterSeconds"));
    }

    private static String required(JsonObject json, String name) {
        String value = json.getString(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    boolean matches(String name, String text) {
        return operation.equals(name) && (match == null || text.contains(match));
    }

    JsonObject toJson(int left) {
        return new JsonObject()
                .put("operation", operation)
                .put("match", match)
                .put("times", left)
                .put("effect", effect)
                .put("status", status)
                .put("delayMs", delay.toMillis())
                .put("retryAfterSeconds", retryAfterSeconds);
    }
}
