package com.eventuall.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @AfterEach
    void off() {
        new TraceContext().start(null, true);
    }

    @Test
    void theSpanAtHandIsReadAgainAsTheParent() {
        new TraceContext().start(null, false);
        try (Scope ignored = span(TraceFlags.getSampled()).makeCurrent()) {
            String current = TraceContext.current();
            assertThat(current).isEqualTo("00-" + TRACE + "-" + SPAN + "-01");
            SpanContext parent = Span.fromContext(TraceContext.of(current)).getSpanContext();
            assertThat(parent.getTraceId()).isEqualTo(TRACE);
            assertThat(parent.getSpanId()).isEqualTo(SPAN);
            assertThat(parent.isRemote()).isTrue();
        }
    }

    @Test
    void thereIsNoneWithoutASpanOrOneThatIsNotSampledOrWithTracingOff() {
        new TraceContext().start(null, false);
        assertThat(TraceContext.current()).isNull();
        try (Scope ignored = span(TraceFlags.getDefault()).makeCurrent()) {
            assertThat(TraceContext.current()).isNull();
        }
        off();
        try (Scope ignored = span(TraceFlags.getSampled()).makeCurrent()) {
            assertThat(TraceContext.current()).isNull();
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "00-zz-1-01", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"})
    void whatIsNoContextHasNoParent(String text) {
        assertThat(Span.fromContext(TraceContext.of(text)).getSpanContext().isValid())
                .isFalse();
    }

    private static Span span(TraceFlags flags) {
        return Span.wrap(SpanContext.create(TRACE, SPAN, flags, TraceState.getDefault()));
    }
}
