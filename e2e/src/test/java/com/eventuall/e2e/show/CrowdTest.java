package com.eventuall.e2e.show;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.e2e.Chromium;
import com.eventuall.e2e.SharedStack;
import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.ColorScheme;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Simulated people, so that one person can try a full room: from the page, and from the command line. */
@ExtendWith(SharedStack.class)
class CrowdTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ASKED_FOR = 10;

    @Test
    void threeClicksLeadToARunningShow(Stack stack) {
        try (Chromium chromium = Chromium.launch();
                Person guest = new Person(chromium.browser(), "Guest", true, ColorScheme.LIGHT)) {
            try {
                guest.page().navigate(stack.origin() + "/?event=crowd-" + System.currentTimeMillis());
                guest.at("join").click();
                guest.at("crowd-add").click();
                guest.at("approve").first().click();
                assertThat(guest.at("on-stage").first()).isVisible();
                assertThat(guest.at("crowd-size")).hasAttribute("data-size", Integer.toString(ASKED_FOR));

                guest.at("chat-enter").click();
                assertThat(guest.at("chat", "message").first()).isVisible();
                guest.at("crowd-clear").click();
                assertThat(guest.page().locator("[data-testid=participant][data-status=online]"))
                        .hasCount(1);
                assertThat(guest.errors()).isEmpty();
            } catch (RuntimeException | AssertionError failure) {
                guest.keepEvidence();
                throw failure;
            }
        }
    }

    @Test
    void theCommandFillsARoomAndEmptiesIt(Stack stack) throws IOException, InterruptedException {
        String event = "command-" + System.currentTimeMillis();
        Process crowd = new ProcessBuilder(
                        Path.of(System.getProperty("project.root"), "deploy/local/crowd")
                                .toString(),
                        "--people",
                        Integer.toString(ASKED_FOR),
                        "--event",
                        event,
                        "--gateway",
                        stack.origin().toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(crowd.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith(ASKED_FOR + " people are in " + event + " / main");
            String pass = stack.pass("watcher", "moderator", event);
            awaitOnline(stack, event, pass, ASKED_FOR);
            crowd.destroy();
            awaitOnline(stack, event, pass, 0);
            assertThat(crowd.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(crowd.exitValue()).isZero();
        } finally {
            crowd.destroyForcibly();
        }
    }

    private static void awaitOnline(Stack stack, String event, String pass, int expected) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode snapshot = Stack.json(
                    stack.get("/v1/events/" + event + "/rooms/main/snapshot", "Authorization", "Bearer " + pass));
            JsonNode counts = snapshot.at("/state/counts");
            // Some of them are away for a while.
            assertThat(counts.path("online").asInt() + counts.path("away").asInt())
                    .as("%s", counts)
                    .isEqualTo(expected);
        });
    }
}
