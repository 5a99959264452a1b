package com.eventuall.e2e.operation;

import com.eventuall.contracts.events.EventType;
import com.eventuall.local.infra.EmbeddedKafka;
import com.eventuall.local.infra.EmbeddedPostgres;
import com.eventuall.local.infra.LoopbackPort;
import com.eventuall.local.infra.RunDirectory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * Redis, Kafka and PostgreSQL that take nobody in the clear: TLS with an authority of our own, passwords. Kafka has an open
 * listener beside, for the test.
 */
final class SecuredStores implements AutoCloseable {
    private static final String USER = "eventuall";

    private final String password = UUID.randomUUID().toString();
    private final Certificate certificate;
    private final RedisProcess redis;
    private final EmbeddedKafka kafka;
    private final int securedKafkaPort = LoopbackPort.free();
    private final EmbeddedPostgres postgres;

    SecuredStores(RunDirectory run) {
        certificate = Certificate.create(run.directory("certificate"));
        // Redis first: a process that starts while another one's program is still being written makes that one fail.
        redis = RedisProcess.secured(run, certificate, password);
        redis.start();
        postgres = EmbeddedPostgres.temporary(run);
        postgres.ensureDatabase("recording");
        closePostgres();
        kafka = new EmbeddedKafka(
                run,
                Stream.of(EventType.values())
                        .flatMap(type -> Stream.of(type.topic(), type.deadLetterTopic()))
                        .toList(),
                "SASL_SSL://127.0.0.1:" + securedKafkaPort,
                Map.of(
                        "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL",
                        "ssl.keystore.type", "PKCS12",
                        "ssl.keystore.location", certificate.keyStore().toString(),
                        "ssl.keystore.password", Certificate.PASSWORD,
                        "sasl.enabled.mechanisms", "SCRAM-SHA-512",
                        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                                "org.apache.kafka.common.security.scram.ScramLoginModule required;"));
        kafka.start();
        addKafkaUser();
    }

    /** From now on PostgreSQL refuses connections without TLS. */
    private void closePostgres() {
        try (Connection connection =
                DriverManager.getConnection(postgres.jdbcUrl("postgres"), postgres.user(), postgres.password())) {
            write(connection, "server.crt", certificate.certificatePem().lines().toList());
            write(connection, "server.key", certificate.keyPem().lines().toList());
            write(connection, "pg_hba.conf", List.of("hostssl all all 127.0.0.1/32 scram-sha-256"));
            try (Statement statement = connection.createStatement()) {
                statement.execute("create role " + USER + " login superuser password '" + password + "'");
                statement.execute("alter system set ssl = on");
                statement.execute("select pg_reload_conf()");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Only the server's own user may write to its directory, so it does. */
    private static void write(Connection connection, String file, List<String> lines) throws SQLException {
        String rows = String.join("'),('", lines);
        String sql = "copy (values ('" + rows + "')) to program 'umask 077; cat > " + file + "'";
        try (PreparedStatement copy = connection.prepareStatement(sql)) {
            copy.execute();
        }
    }

    private void addKafkaUser() {
        ScramCredentialInfo credential = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(USER, credential, password)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Kafka's open listener. */
    String openKafka() {
        return kafka.address();
    }

    int postgresPort() {
        return postgres.port();
    }

    /** What docs/operations.md says an operator sets. */
    Map<String, String> environment() {
        String ca = certificate.certificateFile().toString();
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_REDIS_HOSTS", "rediss://:" + password + "@127.0.0.1:" + redis.port());
        environment.put("QUARKUS_REDIS_TLS_CONFIGURATION_NAME", "redis");
        environment.put("QUARKUS_TLS_REDIS_TRUST_STORE_PEM_CERTS", ca);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + securedKafkaPort);
        environment.put("KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
        environment.put("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512");
        environment.put(
                "KAFKA_SASL_JAAS_CONFIG",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + USER + "\" password=\""
                        + password + "\";");
        environment.put("KAFKA_SSL_TRUSTSTORE_TYPE", "PEM");
        environment.put("KAFKA_SSL_TRUSTSTORE_LOCATION", ca);
        environment.put("QUARKUS_DATASOURCE_USERNAME", USER);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", password);
        environment.put(
                "QUARKUS_DATASOURCE_JDBC_URL",
                postgres.jdbcUrl("recording") + "?sslmode=verify-full&sslrootcert=" + ca);
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.reactiveUrl("recording"));
        environment.put("QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE", "verify-full");
        environment.put("QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM", "HTTPS");
        environment.put("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM", "true");
        environment.put("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS", ca);
        return environment;
    }

    @Override
    public void close() {
        Arrays.asList(kafka, postgres, redis).forEach(server -> server.stop());
    }
}
