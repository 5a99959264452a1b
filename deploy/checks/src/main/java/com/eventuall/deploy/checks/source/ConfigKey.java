package com.eventuall.deploy.checks.source;

import java.util.Locale;

/**
 * A configuration property that a service reads.
 *
 * @param required whether it has no default
 */
public record ConfigKey(String property, boolean required) {
    /** The environment variable that sets a property: capitals, and {@code _} for all but letters and digits. */
    public static String environmentName(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
