package com.eventuall.presence.tracing;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.tracing.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Ends a trace at the sockets: the fan-out of a version that a traced request caused gets one span, however many frames it
 * is. A version without such a cause costs a look into an empty map.
 */
@ApplicationScoped
public class FanoutTraces {
    /** Of as many rooms the cause of the newest version is known; that of others is not traced. */
    private static final int MOST_ROOMS = 1_000;

    private record Cause(long version, String traceParent) {}

    private final Tracer tracer;
    private final Map<RoomKey, Cause> causes = new ConcurrentHashMap<>();

    FanoutTraces(Tracer tracer) {
        this.tracer = tracer;
    }

    /** A version of a room that is about to be heard of has this cause. */
    public void caused(RoomKey room, long version, String traceParent) {
        if (causes.size() < MOST_ROOMS || causes.containsKey(room)) {
            causes.put(room, new Cause(version, traceParent));
        }
    }

    /** Begins the span of a fan-out that brings clients from one version to another; null if its cause is not traced. */
    public @Nullable Span begin(RoomKey room, String view, long from, long version) {
        Cause cause = causes.isEmpty() ? null : causes.get(room);
        if (cause == null || cause.version > version) {
            return null;
        }
        if (cause.version <= from) {
            causes.remove(room, cause);
            return null;
        }
        return tracer.spanBuilder("presence fan-out")
                .setParent(TraceContext.of(cause.traceParent))
                .setAttribute("eventuall.room", room.key())
                .setAttribute("eventuall.view", view)
                .setAttribute("eventuall.version", version)
                .startSpan();
    }
}
