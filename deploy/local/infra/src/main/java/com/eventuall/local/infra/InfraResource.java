package com.eventuall.local.infra;

import com.eventuall.local.passes.PassIssuer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts what its arguments name and points the application at it:
 *
 * <ul>
 *   <li>{@code redis}: {@code memory} (starts empty after a kill) or {@code kept} (append-only file)
 *   <li>{@code kafka}: topics, separated by commas; empty for all topics of the suite
 *   <li>{@code postgres}: the name of the database
 * </ul>
 *
 * Use it in one place of a Maven module, so that all tests share one set of servers. Fields of the types {@link EmbeddedRedis},
 * {@link EmbeddedPostgres}, {@link EmbeddedKafka} and {@link PassIssuer} in test classes are filled in, if annotated with
 * {@link Infra}.
 */
public final class InfraResource implements QuarkusTestResourceLifecycleManager {
    // The broker in this JVM tells its whole configuration and every partition at level INFO.
    private static final List<Logger> BROKER_LOGGERS = Stream.of("kafka", "org.apache.kafka", "state.change.logger")
            .map(Logger::getLogger)
            .toList();

    private final PassIssuer passes = PassIssuer.create();
    private Map<String, String> arguments = Map.of();
    private @Nullable RunDirectory run;
    private @Nullable EmbeddedRedis redis;
    private @Nullable EmbeddedPostgres postgres;
    private @Nullable EmbeddedKafka kafka;

    @Override
    public void init(Map<String, String> initArgs) {
        arguments = initArgs;
    }

    @Override
    public Map<String, String> start() {
        RunDirectory directory = RunDirectory.create();
        run = directory;
        Map<String, String> configuration = new HashMap<>();
        configuration.put("quarkus.devservices.enabled", "false");
        configuration.put("mp.jwt.verify.publickey", passes.publicKeyPem());
        configuration.put("mp.jwt.verify.issuer", PassIssuer.ISSUER);
        // Redis first: a process that starts while another one's program is still being written makes that one fail.
        configuration.putAll(startRedis(directory));
        configuration.putAll(startPostgres(directory));
        configuration.putAll(startKafka(directory));
        return configuration;
    }

    private Map<String, String> startRedis(RunDirectory directory) {
        String kind = arguments.get("redis");
        if (kind == null) {
            return Map.of();
        }
        EmbeddedRedis server =
                new EmbeddedRedis(directory, 0, kind.equals("kept") ? directory.directory("redis-data") : null);
        server.start();
        redis = server;
        return Map.of("quarkus.redis.hosts", server.url());
    }

    private Map<String, String> startPostgres(RunDirectory directory) {
        String database = arguments.get("postgres");
        if (database == null) {
            return Map.of();
        }
        EmbeddedPostgres server = EmbeddedPostgres.temporary(directory);
        server.ensureDatabase(database);
        postgres = server;
        return Map.of(
                "quarkus.datasource.jdbc.url", server.jdbcUrl(database),
                "quarkus.datasource.reactive.url", server.reactiveUrl(database),
                "quarkus.datasource.username", server.user(),
                "quarkus.datasource.password", server.password());
    }

    private Map<String, String> startKafka(RunDirectory directory) {
        String topics = arguments.get("kafka");
        if (topics == null) {
            return Map.of();
        }
        List<String> wanted = topics.isBlank()
                ? Topics.all()
                : Arrays.stream(topics.split(",")).map(String::strip).toList();
        BROKER_LOGGERS.forEach(logger -> logger.setLevel(Level.WARN));
        EmbeddedKafka server = new EmbeddedKafka(directory, 0, wanted);
        server.start();
        kafka = server;
        Map<String, String> configuration = new HashMap<>();
        configuration.put("kafka.bootstrap.servers", server.address());
        BROKER_LOGGERS.forEach(
                logger -> configuration.put("quarkus.log.category.\"" + logger.getName() + "\".level", "WARN"));
        return configuration;
    }

    @Override
    public void inject(TestInjector injector) {
        for (@Nullable Object value : Arrays.<@Nullable Object>asList(passes, redis, postgres, kafka)) {
            if (value != null) {
                injector.injectIntoFields(
                        value, new TestInjector.AnnotatedAndMatchesType(Infra.class, value.getClass()));
            }
        }
    }

    @Override
    public void stop() {
        for (@Nullable InfraServer server : Arrays.<@Nullable InfraServer>asList(kafka, postgres, redis)) {
            if (server != null) {
                server.stop();
            }
        }
        if (run != null) {
            run.close();
        }
    }
}
