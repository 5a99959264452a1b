package com.eventuall.e2e.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.e2e.Stack;
import com.eventuall.e2e.operation.OperatedStack.Observed;
import com.eventuall.e2e.operation.SpanCollector.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One trace leads from a request at the gateway through the outbox and Kafka to the frames that it causes. */
@Tag("on-request")
@ExtendWith(OperatedStack.class)
class TracingTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String CALLER = "00f067aa0ba902b7";

    @Test
    void requestForTheStageIsTracedToTheFramesOfBothPresenceReplicas(Observed observed) {
        Stack stack = observed.stack();
        String room = "/v1/events/traced/rooms/main";
        List<Viewer> viewers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            viewers.add(new Viewer(stack, room, "presence", stack.pass("viewer-" + i, "participant", "traced")));
        }
        await().atMost(LIMIT)
                .until(() -> viewers.stream()
                        .allMatch(viewer -> viewer.view().status("viewer-3").equals("online")));
        String trace = UUID.randomUUID().toString().replace("-", "");
        observed.spans().want(trace);

        stack.post(
                room + "/queue/requests",
                "",
                "Authorization",
                "Bearer " + stack.pass("ann", "participant", "traced"),
                "traceparent",
                "00-" + trace + "-" + CALLER + "-01");

        await().atMost(LIMIT).untilAsserted(() -> {
            List<Span> fanouts = fanouts(observed, trace);
            assertThat(fanouts).as("in %s", observed.spans().of(trace)).hasSizeGreaterThanOrEqualTo(2);
            fanouts.forEach(fanout -> assertLeadsBackToTheRequest(observed, trace, fanout));
        });
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(observed.events().of("traced:main", "stage-requested", "queue-changed"))
                        .hasSize(2)
                        .allSatisfy(event -> assertThat(event.trace()).startsWith("00-" + trace + "-")));
        viewers.forEach(Viewer::close);
    }

    private static void assertLeadsBackToTheRequest(Observed observed, String trace, Span fanout) {
        Map<String, Span> byId = observed.spans().of(trace).stream()
                .collect(Collectors.toMap(Span::id, Function.identity(), (one, same) -> one));
        List<String> services = new ArrayList<>();
        Span span = fanout;
        while (!span.parent().equals(CALLER)) {
            services.add(span.service());
            span = byId.get(span.parent());
            assertThat(span).as("the cause of what happened in %s", services).isNotNull();
        }
        services.add(span.service());
        assertThat(services).startsWith("presence-service").endsWith("queue-service");
        assertThat(span.name()).startsWith("POST ").contains("queue/requests");
    }

    private static List<Span> fanouts(Observed observed, String trace) {
        return observed.spans().of(trace).stream()
                .filter(span -> span.name().equals("presence fan-out"))
                .toList();
    }
}
