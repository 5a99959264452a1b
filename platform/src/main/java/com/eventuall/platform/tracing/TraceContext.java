package com.eventuall.platform.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The cause of what happens, as a W3C {@code traceparent}, to be written beside an event or a change and read where it goes
 * on. With tracing off, and in requests that are not sampled, there is none and nothing is looked for.
 */
@ApplicationScoped
public class TraceContext {
    private static final String NAME = "traceparent";
    private static volatile boolean on;

    void start(
            @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean disabled) {
        on = !disabled;
    }

    /** The span at hand; null if there is none that is recorded. */
    public static @Nullable String current() {
        if (!on) {
            return null;
        }
        SpanContext span = Span.current().getSpanContext();
        return span.isSampled() ? String.format(Locale.ROOT, "00-%s-%s-01", span.getTraceId(), span.getSpanId()) : null;
    }

    /** The context to begin a span in that {@code traceParent} caused; without a parent if it is null or malformed. */
    public static Context of(@Nullable String traceParent) {
        return traceParent == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance().extract(Context.root(), traceParent, Getter.INSTANCE);
    }

    private enum Getter implements TextMapGetter<String> {
        INSTANCE;

        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(NAME);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
            return NAME.equals(key) ? carrier : null;
        }
    }
}
