package com.eventuall.local.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfraServersTest {
    private RunDirectory run;

    @BeforeEach
    void makeRunDirectory() {
        run = RunDirectory.create();
    }

    @AfterEach
    void leaveNothing() {
        run.close();
        assertThat(run.path()).doesNotExist();
    }

    @Test
    void redisWithoutDataStartsEmptyOnTheSamePortAfterAKill() throws IOException {
        EmbeddedRedis redis = EmbeddedRedis.inMemory(run);
        int port = redis.port();
        assertThat(redis(port, "SET k v")).isEqualTo("+OK");

        redis.kill();
        assertThat(LoopbackPort.isFree(port)).isTrue();
        redis.start();

        assertThat(redis.port()).isEqualTo(port);
        assertThat(redis(port, "GET k")).isEqualTo("$-1");
    }

    @Test
    void redisWithDataKeepsWhatItAcknowledgedOverAKill(@TempDir Path data) throws IOException {
        EmbeddedRedis redis = new EmbeddedRedis(run, 0, data);
        redis.start();
        assertThat(redis(redis.port(), "SET k v")).isEqualTo("+OK");

        redis.kill();
        redis.start();

        assertThat(redis(redis.port(), "EXISTS k")).isEqualTo(":1");
    }

    @Test
    void postgresKeepsItsRowsOverAKill() throws SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.temporary(run);
        postgres.ensureDatabase("chat");
        postgres.ensureDatabase("chat");
        try (Connection connection = connect(postgres)) {
            connection.createStatement().execute("create table t (n int)");
            connection.createStatement().execute("insert into t values (7)");
        }

        postgres.kill();
        postgres.start();

        try (Connection connection = connect(postgres);
                ResultSet rows = connection.createStatement().executeQuery("select n from t")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(7);
        }
        postgres.stop();
        assertThat(postgres.isRunning()).isFalse();
    }

    @Test
    void kafkaHasTheTopicsWithTwelvePartitionsAlsoAfterARestart() throws Exception {
        EmbeddedKafka kafka = new EmbeddedKafka(run, 0, List.of("stage-entered"));
        kafka.start();
        try {
            assertThat(partitions(kafka, "stage-entered")).isEqualTo(12);
            kafka.stop();
            kafka.start();
            assertThat(partitions(kafka, "stage-entered")).isEqualTo(12);
        } finally {
            kafka.stop();
        }
    }

    @Test
    void kafkaAsAProcessComesBackAfterAKill() throws Exception {
        KafkaProcess kafka = new KafkaProcess(run, 0, null);
        kafka.start();
        kafka.kill();
        kafka.start();
        assertThat(partitions(kafka, "pass-revoked.dlq")).isEqualTo(12);
        kafka.stop();
        assertThat(kafka.isRunning()).isFalse();
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl("chat"), postgres.user(), postgres.password());
    }

    private static int partitions(InfraServer kafka, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.address()))) {
            TopicDescription description = admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .values()
                    .iterator()
                    .next()
                    .get(20, TimeUnit.SECONDS);
            return description.partitions().size();
        }
    }

    private static String redis(int port, String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] buffer = new byte[512];
            int length = socket.getInputStream().read(buffer);
            return new String(buffer, 0, length, StandardCharsets.US_ASCII).strip();
        }
    }
}
