package com.eventuall.e2e.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.e2e.SharedStack;
import com.eventuall.e2e.Stack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The real yjs and y-websocket in Node, through the gateway: the script that queue-service's own tests run, here with the
 * proxy in between and an idle client for longer than a minute.
 */
@ExtendWith(SharedStack.class)
class StockClientsTest {

    private static final String EVENT = "stock-clients";
    private static final int CHECKS = 6;

    @Test
    void yWebsocketWorksUnchangedThroughTheGateway(Stack stack) throws IOException, InterruptedException {
        Path root = Path.of(System.getProperty("project.root"));
        Path script = root.resolve("queue-service/src/test/js/stock-clients.mjs");
        ProcessBuilder node = new ProcessBuilder("node", script.toString()).redirectErrorStream(true);
        node.environment()
                .putAll(Map.of(
                        "BASE", stack.origin().toString(),
                        "ROOM", "v1/events/" + EVENT + "/rooms/main",
                        "MODERATOR_1", stack.pass("m1", "moderator", EVENT),
                        "MODERATOR_2", stack.pass("m2", "moderator", EVENT),
                        "PARTICIPANT", stack.pass("p1", "participant", EVENT),
                        "IDLE_SECONDS", System.getProperty("queue.idle-seconds", "62")));

        Process process = node.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        System.out.print(output);
        assertThat(process.waitFor()).as(output).isZero();
        List<String> passed =
                output.lines().filter(line -> line.startsWith("ok ")).toList();
        assertThat(passed).hasSize(CHECKS);
    }
}
