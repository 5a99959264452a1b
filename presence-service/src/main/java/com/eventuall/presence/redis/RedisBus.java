package com.eventuall.presence.redis;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.redis.Shards;
import com.eventuall.platform.redis.Subscription;
import com.eventuall.platform.redis.Subscriptions;
import com.eventuall.presence.Bus;
import com.eventuall.presence.Head;
import com.eventuall.presence.Step;
import com.eventuall.presence.tracing.FanoutTraces;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The bus over Redis pub/sub: one channel per shard, so that subscriptions do not come and go with rooms. A message is a few
 * lines of text, see the end of {@code lua/presence-apply.lua}.
 */
@ApplicationScoped
public class RedisBus implements Bus {
    private static final Logger LOG = Logger.getLogger(RedisBus.class);

    private final Subscriptions subscriptions;
    private final MeterRegistry metrics;
    private final FanoutTraces traces;
    private @Nullable Subscription subscription;

    RedisBus(Subscriptions subscriptions, MeterRegistry metrics, FanoutTraces traces) {
        this.subscriptions = subscriptions;
        this.traces = traces;
        this.metrics = metrics;
    }

    @Override
    public void listen(Listener listener) {
        Subscription opened = subscriptions.open(
                Shards.all().mapToObj(RoomKeys::channel).collect(Collectors.toSet()),
                (channel, message) -> receive(listener, new String(message, StandardCharsets.UTF_8)),
                listener::reconnected);
        subscription = opened;
        metrics.gauge(
                "eventuall.presence.bus.silence.seconds",
                opened,
                bus -> bus.silence().toMillis() / 1000.0);
    }

    private void receive(Listener listener, String message) {
        try {
            if (message.startsWith("step\n")) {
                String[] lines = message.split("\n", 7);
                RoomKey room = RoomKey.parse(lines[1]);
                if (listener.follows(room)) {
                    Head head = new Head(lines[2], Long.parseLong(lines[3]), lines[5]);
                    listener.stepped(room, new Step(lines[4], head, Json.delta(lines[6])));
                }
            } else if (message.startsWith("trace\n")) {
                String[] lines = message.split("\n", 4);
                RoomKey room = RoomKey.parse(lines[1]);
                if (listener.follows(room)) {
                    traces.caused(room, Long.parseLong(lines[2]), lines[3]);
                }
            } else if (message.startsWith("evict\n")) {
                String[] lines = message.split("\n", 3);
                listener.evicted(RoomKey.parse(lines[1]), List.of(lines[2].split(",")));
            }
        } catch (RuntimeException malformed) {
            // What it would have said is found by the next comparison with the store.
            LOG.warn("A message between replicas could not be read", malformed);
        }
    }

    @PreDestroy
    void stop() {
        if (subscription != null) {
            subscription.stop();
        }
    }
}
