package com.eventuall.platform.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.CloseCode;
import com.eventuall.contracts.Role;
import com.eventuall.platform.auth.Pass;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PassSocketsTest {
    private final Vertx vertx = Vertx.vertx();
    private final PassSockets sockets = new PassSockets(vertx, Clock.systemUTC());
    private final Queue<String> closed = new ConcurrentLinkedQueue<>();
    private final Instant issued = Instant.now();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void socketClosesWhenItsPassExpires() {
        open("a", "u1", issued.plusMillis(200));
        await().untilAsserted(() -> assertThat(closed).containsExactly("a PASS_EXPIRED"));
    }

    @Test
    void revocationClosesThatPersonsSocketsOnly() {
        open("a", "u1", issued.plusSeconds(60));
        open("b", "u1", issued.plusSeconds(60));
        open("c", "u2", issued.plusSeconds(60));
        sockets.revoke("e2", "u1", issued.toEpochMilli());
        assertThat(closed).isEmpty();
        sockets.revoke("e1", "u1", issued.toEpochMilli());
        assertThat(closed).containsExactlyInAnyOrder("a NOT_ALLOWED", "b NOT_ALLOWED");
        sockets.revoke("e1", "u1", issued.toEpochMilli());
        assertThat(closed).hasSize(2);
    }

    @Test
    void passIssuedAfterTheRevocationStays() {
        open("a", "u1", issued.plusSeconds(60));
        sockets.revoke("e1", "u1", issued.minusSeconds(1).toEpochMilli());
        assertThat(closed).isEmpty();
    }

    @Test
    void closedSocketIsForgotten() {
        Pass pass = open("a", "u1", issued.plusMillis(200));
        open("b", "u2", issued.plusMillis(400));
        sockets.closed("a", pass);
        sockets.closed("a", pass);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(closed).isNotEmpty());
        assertThat(closed).containsExactly("b PASS_EXPIRED");
    }

    private Pass open(String id, String user, Instant until) {
        Pass pass = new Pass(user, user, "e1", Optional.empty(), Role.PARTICIPANT, issued, until);
        sockets.opened(id, pass, (CloseCode code) -> closed.add(id + " " + code));
        return pass;
    }
}
