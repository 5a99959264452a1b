package com.eventuall.e2e.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.e2e.EventLog;
import com.eventuall.e2e.Stack;
import com.eventuall.e2e.operation.OperatedStack.Observed;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator's day brings while a show goes on: a broker that is away for a while, a new release of everything. */
@Tag("on-request")
@ExtendWith(OperatedStack.class)
class OperationTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    /** Longer than the time limit of one attempt to publish, so that attempts fail and are repeated. */
    private static final Duration BROKER_AWAY = Duration.ofSeconds(13);

    private final Stack stack;
    private final EventLog events;

    OperationTest(Observed observed) {
        this.stack = observed.stack();
        this.events = observed.events();
    }

    @Test
    void nothingIsLostWhileTheBrokerIsAway() {
        try (Show show = new Show(stack, "broker")) {
            show.begin();
            await().atMost(LIMIT)
                    .until(() -> !events.users("broker:main", "stage-exited").isEmpty());
            stack.signal("kafka", "kill");
            await().pollDelay(BROKER_AWAY).atMost(BROKER_AWAY.multipliedBy(2)).untilAsserted(() -> {
                assertThat(states()).as("replicas that are not ready").allMatch("ready"::equals);
            });
            stack.signal("kafka", "start");
            show.end();

            assertThat(show.refusals()).isEmpty();
            assertThat(show.viewers())
                    .allMatch(Viewer::isOpen)
                    .allSatisfy(viewer -> assertThat(viewer.closeCodes()).isEmpty());
            assertHeardOf(show, "broker");
            System.out.printf(
                    "Broker away for %d s: %d requests, 0 refused, %d events, 0 lost, 0 sockets closed%n",
                    BROKER_AWAY.toSeconds(), show.requests(), events.all().size());
        }
    }

    @Test
    void everyServiceIsReplacedAndNobodyNotices() {
        try (Show show = new Show(stack, "rolling")) {
            String recording = show.recording("POST", "").get("id").asText();
            await().atMost(LIMIT)
                    .until(() -> !events.of("rolling:main", "recording-started").isEmpty());
            show.begin();
            for (int replica = 1; replica <= 2; replica++) {
                for (String service : OperatedStack.SERVICES) {
                    replace(service + "-" + replica);
                }
            }
            show.end();
            List<Integer> closeCodes = show.viewers().stream()
                    .flatMap(viewer -> viewer.closeCodes().stream())
                    .toList();

            assertThat(show.refusals()).isEmpty();
            assertThat(show.viewers())
                    .allSatisfy(viewer -> assertThat(viewer.refusals()).isEmpty());
            assertThat(closeCodes).isNotEmpty().containsOnly(1012);
            assertThat(events.users("rolling:main", "participant-disconnected"))
                    .as("people who were only on their way to another replica")
                    .doesNotContainAnyElementsOf(show.presenceUsers());

            show.recording("POST", "/" + recording + "/stop");
            await().atMost(LIMIT)
                    .until(() -> !events.of("rolling:main", "recording-ready").isEmpty());
            assertHeardOf(show, "rolling");
            System.out.printf(
                    "Every service replaced: %d requests, 0 refused, %d sockets closed with 1012, %d events, 0 lost%n",
                    show.requests(), closeCodes.size(), events.all().size());
        }
    }

    /** Every fact that a request was accepted for has its event, no number is missing, and all viewers see the same. */
    private void assertHeardOf(Show show, String event) {
        String room = event + ":main";
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(events.users(room, "stage-requested")).containsAll(show.requested());
            assertThat(events.users(room, "stage-entered")).containsAll(show.entered());
            assertThat(events.users(room, "stage-exited")).containsAll(show.exited());
            assertThat(events.users(room, "participant-connected")).containsAll(show.presenceUsers());
            assertThat(events.all().stream()
                            .filter(one -> one.topic().equals("chat-room-opened"))
                            .map(EventLog.Event::room))
                    .containsAll(show.opened());
            assertThat(events.gaps()).isEmpty();
        });
        assertThat(show.exited()).isNotEmpty();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                show.presence().stream().map(Viewer::view).distinct())
                        .hasSize(1));
    }

    private void replace(String replica) {
        stack.signal(replica, "term");
        await(replica + " ends").atMost(LIMIT).until(() -> state(replica).equals("stopped"));
        stack.signal(replica, "start");
        await(replica + " is back").atMost(LIMIT).until(() -> state(replica).equals("ready"));
    }

    private String state(String replica) {
        return processes()
                .filter(process -> process.get("name").asText().equals(replica))
                .map(process -> process.get("state").asText())
                .findFirst()
                .orElseThrow();
    }

    private Set<String> states() {
        return processes().map(process -> process.get("state").asText()).collect(Collectors.toSet());
    }

    private Stream<JsonNode> processes() {
        return Stream.of(stack.info().get("processes")).flatMap(list -> {
            Stream.Builder<JsonNode> each = Stream.builder();
            list.forEach(each);
            return each.build();
        });
    }
}
