package com.eventuall.recording.fleet;

import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.events.EventType;
import com.eventuall.contracts.events.StageEntered;
import com.eventuall.local.infra.EmbeddedKafka;
import com.eventuall.local.infra.EmbeddedPostgres;
import com.eventuall.local.infra.EmbeddedRedis;
import com.eventuall.local.infra.RunDirectory;
import com.eventuall.local.passes.PassIssuer;
import com.eventuall.local.passes.PassRequest;
import com.eventuall.recording.service.Topics;
import com.eventuall.recording.service.Vendors;
import com.eventuall.recording.service.VendorsResource;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Two replicas of the packaged service on real stores, with both vendors' sandboxes. */
final class Fleet implements AutoCloseable {
    private final RunDirectory run = RunDirectory.create();
    private final EmbeddedRedis redis = EmbeddedRedis.inMemory(run);
    private final EmbeddedPostgres postgres = EmbeddedPostgres.temporary(run);
    private final EmbeddedKafka kafka = new EmbeddedKafka(run, 0, com.eventuall.local.infra.Topics.all());
    private final PassIssuer passes = PassIssuer.create();
    private final String pass;
    private final Map<String, Double> counted = new HashMap<>();

    final Topics topics;

    final Vendors vendors = new Vendors();
    final List<Replica> replicas;

    /** @param times overrides of the short times that tests use */
    Fleet(Map<String, String> times) {
        // The broker says much, and the figures must be seen.
        Logger.getLogger("").setLevel(Level.WARNING);
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
        configuration.put("quarkus.datasource.username", postgres.user());
        configuration.put("quarkus.datasource.password", postgres.password());
        configuration.put("kafka.bootstrap.servers", kafka.address());
        configuration.putAll(times);
        replicas = List.of(replica("one", configuration), replica("two", configuration));
        awaitReady();
        vendors.muxWebhooksTo(replicas.get(0).url() + "/v1/webhooks/mux");
    }

    /** Named at the database too. */
    private Replica replica(String name, Map<String, String> configuration) {
        Map<String, String> own = new HashMap<>(configuration);
        own.put("quarkus.datasource.reactive.url", postgres.reactiveUrl("recording") + "?application_name=" + name);
        return new Replica(run, name, own);
    }

    /** From now on. */
    FenceAudit audit() {
        return new FenceAudit(postgres.jdbcUrl("recording"), postgres.user(), postgres.password());
    }

    /** {@code kill -9}; what the replica has counted is kept. */
    void kill(Replica replica) {
        keepCounters(replica);
        replica.process().kill();
    }

    /** SIGTERM, and the time that an orchestrator gives. */
    void stop(Replica replica) {
        keepCounters(replica);
        replica.process().stop(Duration.ofSeconds(30));
    }

    private void keepCounters(Replica replica) {
        replica.counters().forEach((name, value) -> counted.merge(name, value, Double::sum));
    }

    /** Sum of a counter, over its tags, all replicas and all their lives. */
    double counted(String name) {
        Map<String, Double> sum = new HashMap<>(counted);
        replicas.forEach(replica -> replica.counters().forEach((key, value) -> sum.merge(key, value, Double::sum)));
        return sum.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(name))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** All that the replicas have logged, in all their lives. */
    String logs() {
        StringBuilder logs = new StringBuilder();
        for (Replica replica : replicas) {
            logs.append(replica.log());
        }
        return logs.toString();
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

    void stop(Started started) {
        ask("POST", path(started.roomId()) + "/" + started.id() + "/stop");
    }

    JsonObject get(Started started) {
        return new JsonObject(
                ask("GET", path(started.roomId()) + "/" + started.id()).body());
    }

    String state(Started started) {
        return get(started).getString("state");
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
