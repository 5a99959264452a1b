package com.eventuall.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Delivers one vendor's webhooks: those of one queue in order, each tried again with a growing pause until the receiver
 * answers 2xx or the attempts are used up; a queue that grows too long loses its newest entries, as the vendors' do.
 */
public final class WebhookSender {
    private static final Logger LOG = Logger.getLogger(WebhookSender.class.getName());
    private static final int QUEUE_LIMIT = 200;

    private final Vertx vertx;
    private final Faults faults;
    private final Policy policy;
    private final HttpClient client;
    private final Map<String, Queue> queues = new HashMap<>();

    /**
     * How a vendor delivers.
     *
     * @param attempts at least 1
     * @param timeout of each attempt
     * @param firstPause before the second attempt; doubled before each further one
     */
    public record Policy(int attempts, Duration timeout, Duration firstPause) {}

    public WebhookSender(Vertx vertx, Faults faults, Policy policy) {
        this.vertx = vertx;
        this.faults = faults;
        this.policy = policy;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) policy.timeout().toMillis())
                .setMaxPoolSize(64));
    }

    /** Queues a webhook behind the others of the same queue (the resource that it is about). */
    public void send(String queue, Webhook webhook) {
        Optional<Fault> fault = faults.take(Fault.WEBHOOK, webhook.url() + "\n" + webhook.body());
        String effect = fault.map(Fault::effect).orElse("");
        if (effect.equals(Fault.DROP_WEBHOOK)) {
            return;
        }
        Duration delay = fault.map(Fault::delay).orElse(Duration.ZERO);
        if (effect.equals(Fault.DELAY)) {
            // Not queued: the later ones overtake it, which is what a late webhook does to its receiver.
            pause(delay).onSuccess(done -> attempt(webhook, 1));
            return;
        }
        enqueue(queue, webhook);
        if (effect.equals(Fault.DUPLICATE_WEBHOOK)) {
            enqueue(queue, webhook);
        }
    }

    private void enqueue(String name, Webhook webhook) {
        Queue queue = queues.computeIfAbsent(name, fresh -> new Queue());
        if (queue.length == QUEUE_LIMIT) {
            LOG.warning(() -> "webhook queue is full, dropping one for " + webhook.url());
            return;
        }
        queue.length++;
        queue.tail = queue.tail.transform(before -> attempt(webhook, 1)).onComplete(done -> {
            queue.length--;
            if (queue.length == 0) {
                queues.remove(name, queue);
            }
        });
    }

    private Future<Void> attempt(Webhook webhook, int number) {
        return post(webhook).recover(failure -> {
            if (number >= policy.attempts()) {
                LOG.log(Level.WARNING, failure, () -> "webhook to " + webhook.url() + " given up");
                return Future.succeededFuture();
            }
            return pause(policy.firstPause().multipliedBy(1L << (number - 1)))
                    .compose(done -> attempt(webhook, number + 1));
        });
    }

    private Future<Void> post(Webhook webhook) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(webhook.url())
                .setTimeout(policy.timeout().toMillis());
        webhook.headers().forEach(options::putHeader);
        return client.request(options)
                .compose(request -> request.send(webhook.body()))
                .compose(response -> response.body().compose(body -> {
                    int status = response.statusCode();
                    return status / 100 == 2
                            ? Future.succeededFuture()
                            : Future.failedFuture("receiver answered " + status);
                }));
    }

    private Future<Void> pause(Duration duration) {
        Promise<Void> over = Promise.promise();
        vertx.setTimer(Math.max(1, duration.toMillis()), timer -> over.complete());
        return over.future();
    }

    private static final class Queue {
        private Future<Void> tail = Future.succeededFuture();
        private int length;
    }
}
