package com.eventuall.sandbox.twilio;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tells of changes to those who want to know: webhooks and streams. Belongs to the server's event loop. */
final class Changes {
    private final List<Consumer<Change>> listeners = new ArrayList<>();

    /** Adds a listener; run the result to remove it. */
    Runnable listen(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void tell(Change change) {
        List.copyOf(listeners).forEach(listener -> listener.accept(change));
    }
}
