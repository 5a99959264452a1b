package com.eventuall.presence.events;

import com.eventuall.contracts.RoomKey;
import com.eventuall.contracts.events.EventType;
import com.eventuall.platform.events.MalformedEventException;
import com.eventuall.platform.events.ReceivedEvent;
import com.eventuall.platform.redis.SharedKeys;
import com.eventuall.platform.redis.Subscription;
import com.eventuall.platform.redis.Subscriptions;
import com.eventuall.presence.Batch;
import com.eventuall.presence.Bus;
import com.eventuall.presence.Node;
import com.eventuall.presence.RoomOp;
import com.eventuall.presence.RoomStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hears over Redis what queue-service says on Kafka, too. Sooner, and also in the seconds in which Kafka still waits for a
 * replica that was killed, or for the relay of one. A hint: it may be lost, and whichever comes second changes nothing, as the
 * store takes each sequence once. Only replicas with somebody in the room act on it.
 */
@ApplicationScoped
public class QueueNews {
    private static final Logger LOG = Logger.getLogger(QueueNews.class);

    private final Bus.Listener rooms;
    private final RoomStore store;
    private final Node node;
    private @Nullable Subscription subscription;

    QueueNews(Bus.Listener rooms, RoomStore store, Node node) {
        this.rooms = rooms;
        this.store = store;
        this.node = node;
    }

    void start(@Observes StartupEvent event, Subscriptions subscriptions) {
        subscription = subscriptions.open(
                Set.of(SharedKeys.QUEUE_NEWS),
                (channel, message) -> receive(new String(message, StandardCharsets.UTF_8)),
                () -> {});
    }

    void stop(@Observes ShutdownEvent event) {
        if (subscription != null) {
            subscription.stop();
        }
    }

    private void receive(String message) {
        try {
            String[] lines = message.split("\n");
            RoomKey room = RoomKey.parse(lines[0]);
            if (rooms.follows(room)) {
                apply(room, ops(lines));
            }
        } catch (MalformedEventException | IllegalArgumentException malformed) {
            // Kafka brings it again, and its consumer says what is wrong with it.
            LOG.warn("News of a queue could not be read", malformed);
        }
    }

    private static List<RoomOp> ops(String[] lines) {
        List<RoomOp> ops = new ArrayList<>();
        for (int at = 1; at + 2 < lines.length; at += 3) {
            Optional<EventType> type = EventType.byType(lines[at]).filter(QueueOps.TYPES::contains);
            if (type.isPresent()) {
                byte[] json = lines[at + 2].getBytes(StandardCharsets.UTF_8);
                ops.add(QueueOps.of(ReceivedEvent.told(type.get(), lines[0], Long.parseLong(lines[at + 1]), json)));
            }
        }
        return ops;
    }

    private void apply(RoomKey room, List<RoomOp> ops) {
        if (!ops.isEmpty()) {
            store.apply(room, Batch.anonymous(node.freshEpoch(), ops)).whenComplete((reply, failure) -> {
                if (failure != null) {
                    LOG.debug("News of a queue wait for Kafka", failure);
                }
            });
        }
    }
}
