package com.eventuall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The vendors' own Node SDKs accept the tokens of a join and would have written the same claims. */
@ExtendWith(SharedStack.class)
class SecondOpinionTest {
    private static final String ROOM = "/v1/events/second-opinion/rooms/main";

    @Test
    void vendorsOwnSdksAgreeWithTheTokens(Stack stack) throws Exception {
        String pass = stack.pass("ann", "participant", "second-opinion");
        JsonNode join = Stack.json(stack.post(ROOM + "/join", "", "Authorization", "Bearer " + pass));
        JsonNode info = stack.info();

        JsonNode opinion = ask(info, join);

        JsonNode livekit = opinion.at("/livekit/claims");
        assertThat(livekit.get("sub").asText()).isEqualTo("ann");
        assertThat(livekit.get("name").asText()).isEqualTo("Name of ann");
        assertThat(livekit.at("/video/room").asText()).isEqualTo("second-opinion:main");
        assertThat(livekit.at("/video/roomJoin").asBoolean()).isTrue();
        assertThat(livekit.at("/video/canPublish").asBoolean()).isTrue();
        assertThat(opinion.at("/livekit/otherSecret").asText()).isEqualTo("ERR_JWS_SIGNATURE_VERIFICATION_FAILED");

        JsonNode twilio = opinion.get("twilio");
        assertThat(twilio.get("signed").asBoolean()).isTrue();
        assertThat(twilio.get("header")).isEqualTo(twilio.get("expectedHeader"));
        assertThat(twilio.at("/claims/grants")).isEqualTo(twilio.at("/expectedClaims/grants"));
        assertThat(twilio.at("/claims/iss")).isEqualTo(twilio.at("/expectedClaims/iss"));
        assertThat(twilio.at("/claims/sub")).isEqualTo(twilio.at("/expectedClaims/sub"));
        Set<String> expected = names(twilio.get("expectedClaims"));
        // The Node SDK also says when it signed; the Java SDK leaves that out.
        expected.remove("iat");
        assertThat(names(twilio.get("claims"))).isEqualTo(expected);
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode ask(JsonNode info, JsonNode join) throws IOException, InterruptedException {
        ObjectNode question = Stack.JSON.createObjectNode();
        question.putObject("livekit")
                .put("token", join.at("/livekit/token").asText())
                .setAll((ObjectNode) info.get("livekit"));
        question.putObject("twilio")
                .put("token", join.at("/chat/token").asText())
                .put("identity", "ann")
                .setAll((ObjectNode) info.get("twilio"));
        Process node = new ProcessBuilder("node", "tokens.mjs")
                .directory(Path.of(System.getProperty("project.root"), "e2e", "second-opinion")
                        .toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream input = node.getOutputStream()) {
            input.write(question.toString().getBytes(StandardCharsets.UTF_8));
        }
        JsonNode answer = Stack.JSON.readTree(node.getInputStream());
        assertThat(node.waitFor()).isZero();
        return answer;
    }
}
