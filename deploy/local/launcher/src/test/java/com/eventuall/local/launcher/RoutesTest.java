package com.eventuall.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

    @ParameterizedTest
    @CsvSource({
        "/v1/events/e1/rooms/r1/join, token-service",
        "/v1/events/e1/rooms/r1/livekit-token, token-service",
        "/v1/events/e1/rooms/r1/chat-token, token-service",
        "/v1/webhooks/livekit, token-service",
        "/v1/events/e1/rooms/r1/queue, queue-service",
        "/v1/events/e1/rooms/r1/queue/requests/me, queue-service",
        "/v1/events/e1/rooms/r1/recordings, recording-service",
        "/v1/events/e1/rooms/r1/recordings/7/clips/8/retry, recording-service",
        "/v1/webhooks/mux, recording-service",
        "/v1/events/e1/rooms/r1/chat, chat-service",
        "/v1/events/e1/rooms/r1/chat/messages/IM1/reactions, chat-service",
        "/v1/events/e1/rooms/r1/vetting/u1/open, chat-service",
        "/v1/webhooks/twilio, chat-service",
        "/v1/events/e1/rooms/r1/presence, presence-service",
        "/v1/events/e1/rooms/r1/snapshot, presence-service",
        "/v1/events/e1/rooms/r1/pins/TR_1, presence-service",
        "/v1/events/e1/rooms, presence-service",
        // Ids that look like segments.
        "/v1/events/queue/rooms/chat/participants, presence-service",
        "/v1/events/e1/rooms/r1/chatter, presence-service",
    })
    void aPathHasOneService(String path, String service) {
        assertThat(Routes.serviceFor(path)).contains(service);
    }

    @Test
    void otherPathsHaveNone() {
        for (String path :
                new String[] {"/", "/v1", "/v1/webhooks", "/v1/webhooks/other", "/v1/webhooks/mux/x", "/v2/events"}) {
            assertThat(Routes.serviceFor(path)).as(path).isEmpty();
        }
    }
}
