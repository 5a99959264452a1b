package com.eventuall.platform.redis;

import io.vertx.core.Context;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A pub/sub subscription that comes back. The Redis client does not subscribe again after its connection broke, and a
 * half-open connection breaks without a word, so this one watches itself: every {@link #CANARY_INTERVAL} it publishes to a
 * channel of its own over the command client, and when nothing has been heard for {@link #SILENCE_LIMIT} it gives the
 * connection up. New attempts wait between {@value #MIN_BACK_OFF} ms and {@value #MAX_BACK_OFF} ms, with jitter.
 *
 * <p>Messages published while it was away are gone. {@code onSubscribed} runs after each subscription, the first included:
 * that is the moment to read everything anew.
 *
 * <p>All state is touched on one event loop only, and all callbacks run there: they see messages in the order of their
 * connection and must not block.
 */
public final class Subscription {
    static final Duration CANARY_INTERVAL = Duration.ofSeconds(2);
    static final Duration SILENCE_LIMIT = Duration.ofSeconds(6);
    private static final Logger LOG = Logger.getLogger(Subscription.class);
    private static final long MIN_BACK_OFF = 100;
    private static final long MAX_BACK_OFF = 2000;

    private final Context context;
    private final Redis subscriber;
    private final RedisCommands commands;
    private final Set<String> channels;
    private final BiConsumer<String, byte[]> onMessage;
    private final Runnable onSubscribed;
    private final String canary;

    private @Nullable RedisConnection connection;
    /** Grows with every attempt: one that takes so long that another was made must not become a second connection. */
    private int attempts;

    private int failures;
    private volatile long heardAt = System.nanoTime();
    private volatile boolean subscribed;
    private boolean stopped;

    Subscription(
            Context context,
            Redis subscriber,
            RedisCommands commands,
            Set<String> channels,
            BiConsumer<String, byte[]> onMessage,
            Runnable onSubscribed,
            String canary) {
        this.context = context;
        this.subscriber = subscriber;
        this.commands = commands;
        this.channels = channels;
        this.onMessage = onMessage;
        this.onSubscribed = onSubscribed;
        this.canary = canary;
    }

    void start() {
        context.runOnContext(ignored -> {
            connect();
            context.owner().setPeriodic(CANARY_INTERVAL.toMillis(), timer -> {
                if (stopped) {
                    context.owner().cancelTimer(timer);
                } else {
                    checkCanary();
                }
            });
        });
    }

    /** Ends the subscription for good. */
    public void stop() {
        context.runOnContext(ignored -> {
            stopped = true;
            drop();
        });
    }

    /** Whether the subscription stands, as far as is known. */
    public boolean isSubscribed() {
        return subscribed;
    }

    /** How long nothing has been heard, the canary included: above {@link #SILENCE_LIMIT} messages are being missed. */
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardAt);
    }

    private void connect() {
        if (stopped) {
            return;
        }
        heardAt = System.nanoTime();
        int attempt = ++attempts;
        subscriber
                .connect()
                .onComplete(outcome -> context.runOnContext(ignored -> {
                    boolean current = attempt == attempts && !stopped;
                    if (outcome.succeeded() && current) {
                        subscribe(outcome.result());
                    } else if (outcome.succeeded()) {
                        outcome.result().close();
                    } else if (current) {
                        LOG.debug("No connection to Redis", outcome.cause());
                        retry();
                    }
                }));
    }

    private void subscribe(RedisConnection fresh) {
        connection = fresh;
        fresh.handler(message -> context.runOnContext(ignored -> receive(fresh, message)));
        fresh.endHandler(ignored -> context.runOnContext(end -> lost(fresh)));
        fresh.exceptionHandler(failure -> context.runOnContext(ignored -> lost(fresh)));
        Request request = Request.cmd(Command.SUBSCRIBE).arg(canary);
        channels.forEach(request::arg);
        fresh.send(request)
                .onComplete(done -> context.runOnContext(ignored -> {
                    if (done.failed()) {
                        LOG.debug("Redis refused the subscription", done.cause());
                        lost(fresh);
                    } else if (connection == fresh) {
                        failures = 0;
                        subscribed = true;
                        heardAt = System.nanoTime();
                        onSubscribed.run();
                    }
                }));
    }

    private void receive(RedisConnection from, Response message) {
        if (from != connection) {
            return;
        }
        heardAt = System.nanoTime();
        if (message.size() == 3 && "message".equals(message.get(0).toString())) {
            String channel = message.get(1).toString();
            if (!channel.equals(canary)) {
                onMessage.accept(channel, message.get(2).toBytes());
            }
        }
    }

    private void checkCanary() {
        if (silence().compareTo(SILENCE_LIMIT) > 0) {
            LOG.warnf("No sign of life from Redis pub/sub for %s, subscribing anew", silence());
            RedisConnection silent = connection;
            if (silent == null) {
                connect();
            } else {
                lost(silent);
            }
            return;
        }
        commands.send(io.vertx.mutiny.redis.client.Command.PUBLISH, canary, "1")
                .subscribe()
                .with(ignored -> {}, failure -> LOG.debug("Canary not sent", failure));
    }

    private void lost(RedisConnection from) {
        if (from != connection) {
            return;
        }
        drop();
        retry();
    }

    private void drop() {
        RedisConnection old = connection;
        connection = null;
        subscribed = false;
        if (old != null) {
            // A connection that has been subscribed is tainted: close() ends it instead of returning it to the pool.
            old.close();
        }
    }

    private void retry() {
        int failed = attempts;
        long ceiling = Math.min(MAX_BACK_OFF, MIN_BACK_OFF << Math.min(failures++, 5));
        long wait = ThreadLocalRandom.current().nextLong(MIN_BACK_OFF, ceiling + 1);
        context.owner()
                .setTimer(
                        wait,
                        ignored -> context.runOnContext(again -> {
                            if (connection == null && failed == attempts) {
                                connect();
                            }
                        }));
    }
}
