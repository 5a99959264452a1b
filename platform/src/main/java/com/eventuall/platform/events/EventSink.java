package com.eventuall.platform.events;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Where events go. */
public interface EventSink {
    /**
     * Publishes events in their order (per key). An item means that all are safe; a failure that it is not known which are,
     * so that the caller publishes them again with the same ids.
     */
    Uni<Void> publish(List<OutgoingEvent> events);
}
