package com.eventuall.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.eventuall.local.infra.Infra;
import com.eventuall.local.passes.PassIssuer;
import com.eventuall.local.passes.PassRequest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs {@code src/test/js/stock-clients.mjs}: the real yjs and y-websocket, in Node. */
@QuarkusTest
@TestProfile(ServiceTest.class)
class StockClientsTest {

    private static final String IDLE_SECONDS = System.getProperty("queue.idle-seconds", "0");

    @Infra
    PassIssuer passes;

    @TestHTTPResource("/")
    URI base;

    @Test
    void yWebsocketWorksUnchanged() throws IOException, InterruptedException {
        assumeTrue(
                new File("../node_modules/y-websocket").isDirectory(),
                "npm packages are not installed: run npm ci in the root folder");
        ProcessBuilder node = new ProcessBuilder("node", "src/test/js/stock-clients.mjs").redirectErrorStream(true);
        node.environment()
                .putAll(Map.of(
                        "BASE", base.toString().replaceAll("/$", ""),
                        "ROOM", "v1/events/e1/rooms/stock",
                        "MODERATOR_1", passes.issue(PassRequest.moderator("e1", "m1")),
                        "MODERATOR_2", passes.issue(PassRequest.moderator("e1", "m2")),
                        "PARTICIPANT", passes.issue(PassRequest.participant("e1", "p1")),
                        "IDLE_SECONDS", IDLE_SECONDS));
        Process process = node.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.print(output);
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output.lines().filter(line -> line.startsWith("ok "))).hasSize(6);
    }
}
