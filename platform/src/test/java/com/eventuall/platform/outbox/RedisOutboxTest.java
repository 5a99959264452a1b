package com.eventuall.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.EventType;
import com.eventuall.platform.events.OutgoingEvent;
import com.eventuall.platform.redis.RedisCommands;
import com.eventuall.platform.redis.RedisServerTest;
import com.eventuall.platform.redis.Shards;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisOutboxTest extends RedisServerTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final RoomKey ROOM = new RoomKey("e1", "main");

    private final RedisCommands redis = commands();
    private final Queue<OutgoingEvent> published = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean broken = new AtomicBoolean();

    @BeforeEach
    void empty() {
        redis.send(Command.FLUSHALL).await().atMost(LIMIT);
        published.clear();
        broken.set(false);
    }

    @Test
    void eventsOfARoomLeaveInTheirOrderAndAreForgotten() {
        for (int i = 1; i <= 1000; i++) {
            append(ROOM, i);
        }
        OutboxRelay relay = relay(new RedisOutbox(redis, "test"));
        await().untilAsserted(() -> assertThat(published.stream().map(OutgoingEvent::sequence))
                .containsExactlyElementsOf(numbers(1, 1000)));
        await().untilAsserted(() -> assertThat(waiting(ROOM)).isZero());
        OutgoingEvent first = published.element();
        assertThat(first)
                .isEqualTo(new OutgoingEvent("id-1", EventType.QUEUE_CHANGED, "e1:main", 1001, 1, "{\"n\":1}", null));
        relay.stop().await().atMost(LIMIT);
    }

    @Test
    void nothingIsLostWhileTheSinkIsBroken() {
        broken.set(true);
        OutboxRelay relay = relay(new RedisOutbox(redis, "test"));
        append(ROOM, 1);
        append(new RoomKey("e1", "side"), 2);
        relay.wake();
        await().during(Duration.ofSeconds(1)).until(() -> waiting(ROOM) == 1);
        broken.set(false);
        await().untilAsserted(() ->
                assertThat(published.stream().map(OutgoingEvent::sequence)).containsExactlyInAnyOrder(1L, 2L));
        relay.stop().await().atMost(LIMIT);
    }

    @Test
    void onlyOneOfTwoRelaysAtATime() {
        RedisOutbox first = new RedisOutbox(redis, "test");
        RedisOutbox second = new RedisOutbox(commands(), "test");
        assertThat(first.acquire().await().atMost(LIMIT)).isTrue();
        assertThat(first.acquire().await().atMost(LIMIT)).as("extends").isTrue();
        assertThat(second.acquire().await().atMost(LIMIT)).isFalse();
        second.release().await().atMost(LIMIT);
        assertThat(second.acquire().await().atMost(LIMIT))
                .as("release of another's lease")
                .isFalse();
        first.release().await().atMost(LIMIT);
        assertThat(second.acquire().await().atMost(LIMIT)).isTrue();
    }

    @Test
    void unreadableEntryDoesNotHoldUpTheOthers() {
        redis.send(Command.XADD, stream(ROOM), "*", "id", "x", "type", "no.such.type", "room", "e1:main")
                .await()
                .atMost(LIMIT);
        append(ROOM, 7);
        OutboxRelay relay = relay(new RedisOutbox(redis, "test"));
        await().untilAsserted(() ->
                assertThat(published.stream().map(OutgoingEvent::sequence)).containsExactly(7L));
        String rejected = Shards.key("test", Shards.of(ROOM), "outbox-rejected");
        assertThat(redis.send(Command.XLEN, rejected).await().atMost(LIMIT).toInteger())
                .isEqualTo(1);
        relay.stop().await().atMost(LIMIT);
    }

    private OutboxRelay relay(RedisOutbox outbox) {
        OutboxRelay relay = new OutboxRelay(vertx, outbox, events -> {
            if (broken.get()) {
                return Uni.createFrom().failure(new IllegalStateException("Kafka is away"));
            }
            published.addAll(events);
            return Uni.createFrom().voidItem();
        });
        relay.start();
        return relay;
    }

    private void append(RoomKey room, long sequence) {
        redis.send(
                        Command.XADD,
                        stream(room),
                        "*",
                        "id",
                        "id-" + sequence,
                        "type",
                        EventType.QUEUE_CHANGED.type(),
                        "room",
                        room.key(),
                        "time",
                        Long.toString(1000 + sequence),
                        "seq",
                        Long.toString(sequence),
                        "data",
                        "{\"n\":" + sequence + "}")
                .await()
                .atMost(LIMIT);
    }

    private int waiting(RoomKey room) {
        return redis.send(Command.XLEN, stream(room)).await().atMost(LIMIT).toInteger();
    }

    private static String stream(RoomKey room) {
        return RedisOutbox.stream("test", Shards.of(room));
    }

    private static List<Long> numbers(long from, long to) {
        List<Long> numbers = new ArrayList<>();
        for (long i = from; i <= to; i++) {
            numbers.add(i);
        }
        return numbers;
    }
}
