package com.eventuall.sandbox;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.Map;
import java.util.Set;

/** One vendor's API, as far as the suite uses it. Every method is called on the server's event loop. */
public interface VendorSandbox {

    /** Its path segment: the API is at {@code /sandbox/{name}}. */
    String name();

    /** Adds the vendor's API, with paths relative to the base URL. Bodies are already read. */
    void mount(Router api);

    /** Everything it holds, in the vendor's own field names. */
    JsonObject state();

    /** Forgets everything but the credentials and the webhook URL. */
    void reset();

    /** The switches that its operations consult. */
    Faults faults();

    /** The effects that its life cycles know besides those of calls and webhooks, by operation. */
    default Map<String, Set<String>> lifeCycleEffects() {
        return Map.of();
    }

    /** A fault was added; for effects that also hit what is already running. */
    default void faultAdded(Fault fault) {}

    /** Whether it also listens on a port of its own, for SDKs that drop the path of a base URL. */
    default boolean needsOwnPort() {
        return false;
    }
}
