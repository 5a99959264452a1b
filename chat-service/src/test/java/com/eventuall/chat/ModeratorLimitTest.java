package com.eventuall.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.StageRequested;
import com.eventuall.local.infra.EmbeddedKafka;
import com.eventuall.local.infra.Infra;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A large event: 1,500 people ask for the stage, and one moderator talks to each of them. Twilio allows 1,000 conversations per
 * person, and 25 new ones a second is our pace, so this takes more than a minute.
 */
@QuarkusTest
@EnabledIfSystemProperty(named = "chat.slow-tests", matches = "true")
class ModeratorLimitTest extends ServiceTest {
    private static final Logger LOG = Logger.getLogger(ModeratorLimitTest.class);
    private static final int REQUESTS = 1500;

    @Infra
    EmbeddedKafka broker;

    @Test
    void fifteenHundredRequestsDoNotExhaustAModerator() {
        try (Kafka kafka = new Kafka(broker, EventType.VETTING_OPENED)) {
            for (int i = 0; i < REQUESTS; i++) {
                String user = "u" + i;
                kafka.publish(
                        EventType.STAGE_REQUESTED,
                        room,
                        new StageRequested("e1", room.roomId(), user, user, "q" + i, 1000L + i));
            }
            Set<String> talkedTo = new HashSet<>();
            long start = System.nanoTime();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(8))
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> {
                        talkedTo.addAll(talkToNew(talkedTo));
                        return talkedTo.size() == REQUESTS;
                    });
            long seats = twilio.conversations("").stream()
                    .filter(conversation -> Twilio.identities(conversation).contains("mo"))
                    .count();
            LOG.infof(
                    "%d vettings, each opened by one moderator, in %d s; at the end in %d of them",
                    REQUESTS, Duration.ofNanos(System.nanoTime() - start).toSeconds(), seats);
            assertThat(seats).isLessThanOrEqualTo(100);
            assertThat(kafka.events(EventType.VETTING_OPENED, room).size()).isLessThanOrEqualTo(REQUESTS);
        }
    }

    private List<String> talkToNew(Set<String> known) {
        JsonPath open = asModerator("mo")
                .get(path + "/vetting")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        List<String> users = new ArrayList<>(open.getList("userId", String.class));
        users.removeAll(known);
        for (String user : users) {
            asModerator("mo").post(path + "/vetting/" + user + "/open").then().statusCode(200);
        }
        return users;
    }
}
