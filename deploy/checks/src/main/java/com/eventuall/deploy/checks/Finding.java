package com.eventuall.deploy.checks;

/**
 * Something wrong.
 *
 * @param resource where, as in {@code Deployment/chat-service}
 * @param message what, for the person who wrote the manifest
 */
public record Finding(String resource, String message) {
    static Finding of(Resource resource, String format, Object... arguments) {
        return new Finding(resource.toString(), format.formatted(arguments));
    }

    @Override
    public String toString() {
        return resource + ": " + message;
    }
}
