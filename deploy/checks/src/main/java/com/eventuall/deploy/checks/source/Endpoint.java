package com.eventuall.deploy.checks.source;

/**
 * A path that a service serves to the outside.
 *
 * @param template as in {@code /v1/events/{eventId}/rooms}
 * @param socket whether it is (also) a WebSocket
 */
public record Endpoint(String template, boolean socket) {
    /** A path that fits the template. */
    public String example() {
        return template.replaceAll("\\{[^}]+}", "x1");
    }
}
