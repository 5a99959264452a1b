package com.eventuall.local.launcher;

import com.eventuall.contracts.PassClaims;
import com.eventuall.contracts.events.EventHeaders;
import com.eventuall.contracts.events.EventType;
import com.github.f4b6a3.uuid.UuidCreator;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisAPI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Revokes what somebody may do in an event, as the platform's web back end does: first the Redis key that every check reads,
 * then the event on which sockets close.
 */
final class Revocations {
    private final Vertx vertx;
    private final RedisAPI redis;
    private final KafkaProducer<String, String> producer;
    private final Clock clock;

    Revocations(Vertx vertx, String redisUrl, String kafka, Clock clock) {
        this.vertx = vertx;
        this.redis = RedisAPI.api(Redis.createClient(vertx, redisUrl));
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 5000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8000);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        this.clock = clock;
    }

    /** Completes when both the key and the event are stored; fails if one cannot be. */
    Future<Void> revoke(String eventId, String userId) {
        long now = clock.millis();
        // The pass is not known here, so the key stays as long as the longest pass lives.
        String life = Long.toString(PassClaims.MAX_LIFE.toSeconds());
        return redis.set(List.of("revoked:" + eventId + ":" + userId, Long.toString(now), "EX", life))
                .compose(stored -> publish(eventId, userId, now));
    }

    private Future<Void> publish(String eventId, String userId, long revokedAt) {
        EventType type = EventType.PASS_REVOKED;
        JsonObject value =
                new JsonObject().put("eventId", eventId).put("userId", userId).put("revokedAt", revokedAt);
        ProducerRecord<String, String> record = new ProducerRecord<>(type.topic(), eventId, value.encode());
        Map.of(
                        EventHeaders.SPEC_VERSION, "1.0",
                        EventHeaders.ID, UuidCreator.getTimeOrderedEpoch().toString(),
                        EventHeaders.TYPE, type.type(),
                        EventHeaders.SOURCE, type.source(),
                        EventHeaders.SUBJECT, eventId,
                        EventHeaders.TIME, clock.instant().toString(),
                        EventHeaders.SEQUENCE, Long.toString(revokedAt),
                        EventHeaders.CONTENT_TYPE, "application/json")
                .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        Promise<Void> sent = Promise.promise();
        return vertx.executeBlocking(() -> producer.send(record, (metadata, failure) -> {
                    if (failure == null) {
                        sent.complete();
                    } else {
                        sent.fail(failure);
                    }
                }))
                .compose(queued -> sent.future());
    }
}
