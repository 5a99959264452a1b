package com.eventuall.e2e.operation;

import com.eventuall.e2e.EventLog;
import com.eventuall.e2e.Stack;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One stack with two replicas of every service and a collector of traces for all tests here. */
final class OperatedStack implements ParameterResolver {
    static final List<String> SERVICES = List.of("token", "presence", "queue", "recording", "chat");

    /** The stack with what observes it. */
    record Observed(Stack stack, EventLog events, SpanCollector spans) implements AutoCloseable {
        @Override
        public void close() {
            events.close();
            stack.close();
            spans.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Observed.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(OperatedStack.class))
                .computeIfAbsent(Observed.class, type -> start(), Observed.class);
    }

    private static Observed start() {
        SpanCollector spans = SpanCollector.start();
        List<String> options = new ArrayList<>(List.of(
                "--replicas",
                String.join(",", SERVICES.stream().map(name -> name + "=2").toList())));
        List<String> settings = List.of(
                // A shorter drain than in production, for a shorter test.
                "quarkus.shutdown.delay=4s",
                "presence.drain.spread=3s",
                "queue.drain.spread=3s",
                "quarkus.otel.sdk.disabled=false",
                "quarkus.otel.exporter.otlp.traces.protocol=http/protobuf",
                "quarkus.otel.exporter.otlp.endpoint=" + spans.endpoint(),
                "quarkus.otel.bsp.schedule.delay=500ms");
        settings.forEach(setting -> options.addAll(List.of("--set", setting)));
        Stack stack = Stack.start(options.toArray(String[]::new));
        return new Observed(stack, new EventLog(stack.info().get("kafka").asText()), spans);
    }
}
