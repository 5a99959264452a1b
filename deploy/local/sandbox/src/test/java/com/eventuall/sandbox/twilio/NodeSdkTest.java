package com.eventuall.sandbox.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The vendor's Node SDK against the sandbox: a client that nobody here has written. Installs the SDK once, into {@code target};
 * skipped where that is not possible.
 */
class NodeSdkTest extends TwilioTest {
    private static final Path SOURCES = Path.of("src/test/node");
    private static final Path HOME = Path.of("target/twilio-node");
    private static final long INSTALL_SECONDS = 240;
    private static final long RUN_SECONDS = 60;

    @Test
    void theNodeSdkSeesTwilio() throws Exception {
        install();
        List<String> command = new ArrayList<>(List.of("node", "peer.mjs", server.baseUrl("twilio")));
        command.addAll(
                List.of(KEYS.accountSid(), KEYS.apiKeySid(), KEYS.apiKeySecret(), KEYS.serviceSid(), KEYS.authToken()));

        JsonObject seen = new JsonObject(run(command, RUN_SECONDS));

        assertThat(seen.getString("state")).isEqualTo("active");
        assertThat(seen.getString("attributes")).isEqualTo("{\"eventId\":\"e1\"}");
        assertThat(seen.getBoolean("sameByName")).isTrue();
        assertThat(seen.getBoolean("participant")).isTrue();
        assertThat(seen.getJsonArray("bodies"))
                .isEqualTo(new JsonArray(List.of(
                        "m4 \u00e4\uD83D\uDC4D",
                        "m3 \u00e4\uD83D\uDC4D",
                        "m2 \u00e4\uD83D\uDC4D",
                        "m1 \u00e4\uD83D\uDC4D",
                        "m0 \u00e4\uD83D\uDC4D")));
        assertThat(seen.getJsonArray("indexes")).isEqualTo(new JsonArray(List.of(4, 3, 2, 1, 0)));
        assertThat(seen.getJsonObject("reactions").encode()).isEqualTo("{\"reactions\":{\"heart\":[\"u-1\"]}}");
        assertThat(seen.getString("closed")).isEqualTo("closed");
        assertThat(seen.getBoolean("removed")).isTrue();
        Map.of(
                        "nameTaken", List.of(409, 50353),
                        "participantTwice", List.of(409, 50433),
                        "tooLong", List.of(400, 20001),
                        "unknown", List.of(404, 20404),
                        "afterClose", List.of(400, 50386),
                        "wrongKey", List.of(401, 20003))
                .forEach((what, error) ->
                        assertThat(seen.getJsonArray(what)).as(what).isEqualTo(new JsonArray(error)));
        assertThat(seen.getString("signature"))
                .isEqualTo(TwilioWebhooks.signature(
                        KEYS.authToken(),
                        "https://live.example.com/v1/webhooks/twilio",
                        Map.of("EventType", "onMessageAdded", "Body", "gr\u00fc\u00df dich")));
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(HOME);
        for (String file : List.of("package.json", "package-lock.json", "peer.mjs")) {
            Files.copy(SOURCES.resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.isDirectory(HOME.resolve("node_modules/twilio"))) {
            return;
        }
        boolean installed;
        try {
            run(List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"), INSTALL_SECONDS);
            installed = true;
        } catch (IOException | AssertionError e) {
            installed = false;
        }
        assumeTrue(installed, "Twilio's Node SDK cannot be installed here (npm ci in " + HOME + ")");
    }

    private static String run(List<String> command, long seconds) throws IOException, InterruptedException {
        Path output = HOME.resolve("out.log");
        Process process = new ProcessBuilder(command)
                .directory(HOME.toFile())
                .redirectErrorStream(false)
                .redirectOutput(output.toFile())
                .redirectError(HOME.resolve("err.log").toFile())
                .start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("%s ends in time", command.get(0)).isTrue();
        assertThat(process.exitValue()).as(() -> read(HOME.resolve("err.log"))).isZero();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
