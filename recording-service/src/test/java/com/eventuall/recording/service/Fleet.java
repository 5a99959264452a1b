package com.eventuall.recording.service;

import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.StageEntered;
import com.eventuall.local.infra.EmbeddedKafka;
import com.eventuall.local.infra.EmbeddedPostgres;
import com.eventuall.local.infra.EmbeddedRedis;
import com.eventuall.local.infra.RunDirectory;
import com.eventuall.local.passes.PassIssuer;
import com.eventuall.local.passes.PassRequest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two replicas of the packaged service on real stores, with both vendors' sandboxes. */
final class Fleet implements AutoCloseable {
    private final RunDirectory run = RunDirectory.create();
    private final EmbeddedRedis redis = EmbeddedRedis.inMemory(run);
    private final EmbeddedPostgres postgres = EmbeddedPostgres.temporary(run);
    private final EmbeddedKafka kafka = new EmbeddedKafka(run, 0, com.eventuall.local.infra.Topics.all());
    private final PassIssuer passes = PassIssuer.create();
    private final String pass;
    private final Topics topics;

    final Vendors vendors = new Vendors();
    final List<Replica> replicas;

    /** @param times overrides of the short times that tests use */
    Fleet(Map<String, String> times) {
        redis.start();
        postgres.ensureDatabase("recording");
        kafka.start();
        topics = new Topics(kafka.address());
        pass = passes.issue(PassRequest.moderator("e1", "mod").withTtlSeconds(6 * 3600));
        Map<String, String> configuration = new HashMap<>(VendorsResource.configuration(vendors));
        configuration.put("mp.jwt.verify.publickey", passes.publicKeyPem());
        configuration.put("mp.jwt.verify.issuer", PassIssuer.ISSUER);
        configuration.put("quarkus.redis.hosts", redis.url());
        configuration.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl("recording"));
        configuration.put("quarkus.datasource.reactive.url", postgres.reactiveUrl("recording"));
        configuration.put("quarkus.datasource.username", postgres.user());
        configuration.put("quarkus.datasource.password", postgres.password());
        configuration.put("kafka.bootstrap.servers", kafka.address());
        configuration.putAll(times);
        replicas = List.of(new Replica(run, "one", configuration), new Replica(run, "two", configuration));
        awaitReady();
        vendors.muxWebhooksTo(replicas.get(0).url() + "/v1/webhooks/mux");
    }

    void awaitReady() {
        await().atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> {
                    replicas.forEach(Replica::checkRunning);
                    return replicas.stream().allMatch(Replica::ready);
                });
    }

    /** Somebody is on stage from now on. */
    void enterStage(String roomId) {
        long now = Instant.now().toEpochMilli();
        topics.publish(EventType.STAGE_ENTERED, "e1:" + roomId, new StageEntered("e1", roomId, "ann", "1:1", now));
    }

    String start(String roomId) {
        return new JsonObject(ask("POST", path(roomId)).body()).getString("id");
    }

    void stop(String roomId, String id) {
        ask("POST", path(roomId) + "/" + id + "/stop");
    }

    JsonObject get(String roomId, String id) {
        return new JsonObject(ask("GET", path(roomId) + "/" + id).body());
    }

    private static String path(String roomId) {
        return "/v1/events/e1/rooms/" + roomId + "/recordings";
    }

    /** Asks whichever replica answers. */
    private HttpResponse<String> ask(String method, String path) {
        IllegalStateException last = new IllegalStateException("no replica");
        for (int attempt = 0; attempt < 40; attempt++) {
            for (Replica replica : replicas) {
                try {
                    HttpResponse<String> answer = Replica.request(method, replica.url() + path, pass);
                    if (answer.statusCode() < 500) {
                        return answer;
                    }
                    last = new IllegalStateException("status " + answer.statusCode());
                } catch (IllegalStateException e) {
                    last = e;
                }
            }
            await().pollDelay(Duration.ofMillis(250)).until(() -> true);
        }
        throw last;
    }

    @Override
    public void close() {
        replicas.forEach(replica -> replica.process().kill());
        topics.close();
        kafka.stop();
        postgres.stop();
        redis.stop();
        vendors.close();
        run.close();
    }
}
