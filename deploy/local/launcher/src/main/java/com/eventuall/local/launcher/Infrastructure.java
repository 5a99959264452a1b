package com.eventuall.local.launcher;

import com.eventuall.local.infra.EmbeddedPostgres;
import com.eventuall.local.infra.EmbeddedRedis;
import com.eventuall.local.infra.KafkaProcess;
import com.eventuall.local.infra.ProcessServer;
import com.eventuall.local.infra.RunDirectory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The stores that the services share. All three keep their data when they are killed and started again. */
record Infrastructure(EmbeddedRedis redis, EmbeddedPostgres postgres, KafkaProcess kafka) {

    static Infrastructure in(RunDirectory run, @Nullable Path data) {
        Path redisData = data == null ? run.path().resolve("redis-data") : data.resolve("redis");
        return new Infrastructure(
                new EmbeddedRedis(run, 0, redisData),
                new EmbeddedPostgres(run, 0, data == null ? null : data.resolve("postgres")),
                new KafkaProcess(run, 0, data == null ? null : data.resolve("kafka")));
    }

    /** Starts all and makes the services' databases. */
    void start(Progress progress) {
        // Redis alone first: a process that starts while its program is still being written makes its start fail.
        startOne(redis, progress);
        CompletableFuture<Void> others = CompletableFuture.runAsync(() -> startOne(kafka, progress));
        startOne(postgres, progress);
        ServiceSpec.ALL.stream()
                .map(ServiceSpec::database)
                .filter(Objects::nonNull)
                .forEach(postgres::ensureDatabase);
        others.join();
    }

    private static void startOne(ProcessServer server, Progress progress) {
        server.start();
        progress.say(server.name() + " at " + server.address());
    }

    void stop() {
        List.of(kafka, postgres, redis).forEach(ProcessServer::stop);
    }

    List<Store> stores() {
        return List.of(new Store(redis), new Store(kafka), new Store(postgres));
    }

    /** How a service reaches them. */
    Map<String, String> environment(ServiceSpec service) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_REDIS_HOSTS", redis.url());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.address());
        String database = service.database();
        if (database != null) {
            environment.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl(database));
            environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.reactiveUrl(database));
            environment.put("QUARKUS_DATASOURCE_USERNAME", postgres.user());
            environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
        }
        return environment;
    }
}
