package com.eventuall.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.EventType;
import com.eventuall.queue.RoomStore.Publication;
import com.eventuall.queue.StageFact;
import com.eventuall.queue.Stay;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Consumers cannot tell by time: the request and the stay are on different clocks. */
    @Test
    void anEntryNamesTheRequestThatLedToIt() throws JsonProcessingException {
        Stay stay = new Stay("u1", "Ann", 1000, "r1", "7:1", Stay.NOW);
        Publication publication = new Publication(
                "replica", 4, 12, true, List.of(), List.of(stay), List.of(new StageFact.Entered(stay)), null);

        List<String> arguments = new Announcement(new RoomKey("e1", "main"), publication).arguments();

        JsonNode entered = JSON.readTree(arguments.get(arguments.indexOf(EventType.STAGE_ENTERED.type()) + 1));
        assertThat(entered.get("requestId").asText()).isEqualTo("r1");
        assertThat(entered.get("stayId").asText()).isEqualTo("7:1");
    }
}
