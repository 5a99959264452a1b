package com.eventuall.sandbox.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Participant;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TwilioSandboxTest extends TwilioTest {

    @Test
    void theVendorsSdkCreatesFetchesUpdatesAndDeletesAConversation() {
        Conversation created = Conversation.creator(SERVICE)
                .setUniqueName("t:e1:r1")
                .setAttributes("{\"eventId\":\"e1\"}")
                .create(sdk);
        assertThat(created.getSid()).matches("CH[0-9a-f]{32}");
        assertThat(Conversation.fetcher(SERVICE, "t:e1:r1").fetch(sdk).getSid()).isEqualTo(created.getSid());

        Conversation closed = Conversation.updater(SERVICE, created.getSid())
                .setState(Conversation.State.CLOSED)
                .update(sdk);
        assertThat(closed.getState()).isEqualTo(Conversation.State.CLOSED);
        assertThat(closed.getAttributes()).isEqualTo("{\"eventId\":\"e1\"}");

        assertThat(Conversation.deleter(SERVICE, created.getSid()).delete(sdk)).isTrue();
        assertCode(20404, () -> Conversation.fetcher(SERVICE, created.getSid()).fetch(sdk));
    }

    @Test
    void aUniqueNameIsTakenUntilTheConversationIsDeleted() {
        Conversation first = Conversation.creator(SERVICE).setUniqueName("n").create(sdk);
        assertCode(50353, () -> Conversation.creator(SERVICE).setUniqueName("n").create(sdk));
        Conversation.deleter(SERVICE, first.getSid()).delete(sdk);
        assertThat(Conversation.creator(SERVICE).setUniqueName("n").create(sdk).getSid())
                .isNotEqualTo(first.getSid());
    }

    @Test
    void aParticipantIsThereOnce() {
        String sid = Conversation.creator(SERVICE).create(sdk).getSid();
        Participant ann = Participant.creator(SERVICE, sid).setIdentity("u-1").create(sdk);
        assertCode(
                50433,
                () -> Participant.creator(SERVICE, sid).setIdentity("u-1").create(sdk));
        assertThat(Participant.fetcher(SERVICE, sid, "u-1").fetch(sdk).getSid()).isEqualTo(ann.getSid());

        Participant.deleter(SERVICE, sid, ann.getSid()).delete(sdk);
        assertCode(50432, () -> Participant.fetcher(SERVICE, sid, "u-1").fetch(sdk));
    }

    @Test
    void listsComeInPagesThatTheSdkFollows() {
        String sid = Conversation.creator(SERVICE).create(sdk).getSid();
        Set<String> identities = new HashSet<>();
        for (int i = 0; i < 7; i++) {
            identities.add("u-" + i);
            Participant.creator(SERVICE, sid).setIdentity("u-" + i).create(sdk);
        }
        Set<String> read = new HashSet<>();
        Participant.reader(SERVICE, sid).pageSize(3).read(sdk).forEach(one -> read.add(one.getIdentity()));
        assertThat(read).isEqualTo(identities);
    }

    @Test
    void otherCredentialsAndServicesAreRefused() {
        assertCode(20003, () -> Conversation.creator(SERVICE).create(sdk(KEYS.apiKeySid(), "wrong")));
        assertCode(20404, () -> Conversation.creator("IS" + "0".repeat(32)).create(sdk));
    }

    @Test
    void aFailureSwitchFindsItsTextInTheForm() {
        http.post(
                "/faults",
                new JsonObject()
                        .put("operation", "createConversation")
                        .put("match", "UniqueName=second")
                        .put("effect", "error-after-effect")
                        .put("status", 500));
        Conversation.creator(SERVICE).setUniqueName("first").create(sdk);
        assertCode(
                20500,
                () -> Conversation.creator(SERVICE).setUniqueName("second").create(sdk));
        assertThat(http.get("/state").getJsonArray("conversations")).hasSize(2);
    }
}
