package com.eventuall.local.infra;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker and controller inside this JVM, with the given topics, 12 partitions each. It keeps its data over
 * stops and starts. {@link #kill()} is an orderly stop here, since a part of a JVM cannot be killed: run {@link KafkaNode}
 * as a process where a crash matters.
 */
public final class EmbeddedKafka implements InfraServer {
    // Always the same, or data of a former run would be refused.
    private static final String CLUSTER_ID = "MkU3OEVBNTcwNTJENDM2Qg";

    private final int port;
    private final int controllerPort;
    private final Path data;
    private final Collection<String> topics;
    private final String furtherListener;
    private final Map<String, String> settings;
    private @Nullable KafkaRaftServer server;

    /**
     * @param port 0 for a free one
     * @param topics created at the first start
     */
    public EmbeddedKafka(RunDirectory run, int port, Collection<String> topics) {
        this(
                port == 0 ? LoopbackPort.free() : port,
                LoopbackPort.free(),
                run.path().resolve("kafka"),
                topics,
                "",
                Map.of());
    }

    /**
     * With a second listener on a port of the caller's choice.
     *
     * @param listener as in {@code SASL_SSL://127.0.0.1:9093}
     * @param settings what it needs, beside or instead of this broker's own
     */
    public EmbeddedKafka(RunDirectory run, Collection<String> topics, String listener, Map<String, String> settings) {
        this(LoopbackPort.free(), LoopbackPort.free(), run.path().resolve("kafka"), topics, "," + listener, settings);
    }

    /** For a process of its own, which may be killed: it may come back only when its former session has ended. */
    EmbeddedKafka(int port, int controllerPort, Path data, Collection<String> topics) {
        this(port, controllerPort, data, topics, "", Map.of("broker.session.timeout.ms", "1500"));
    }

    private EmbeddedKafka(
            int port,
            int controllerPort,
            Path data,
            Collection<String> topics,
            String furtherListener,
            Map<String, String> settings) {
        this.port = port;
        this.controllerPort = controllerPort;
        this.data = data;
        this.topics = topics;
        this.furtherListener = furtherListener;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    @Override
    public void start() {
        if (server != null) {
            return;
        }
        KafkaConfig config = KafkaConfig.fromProps(properties(), false);
        format(config);
        KafkaRaftServer starting = new KafkaRaftServer(config, Time.SYSTEM);
        starting.startup();
        server = starting;
        Topics.ensure(address(), topics);
    }

    private void format(KafkaConfig config) {
        try {
            new Formatter()
                    .setClusterId(CLUSTER_ID)
                    .setNodeId(1)
                    .setIgnoreFormatted(true)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(config.metadataLogDir())
                    .addDirectory(data.toString())
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("cannot prepare " + data + " for Kafka", e);
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "node.id",
                "1",
                "process.roles",
                "broker,controller",
                "controller.listener.names",
                "CONTROLLER",
                "controller.quorum.voters",
                "1@127.0.0.1:" + controllerPort,
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort + furtherListener,
                "log.dirs",
                data.toString(),
                "auto.create.topics.enable",
                "false",
                "num.partitions",
                Integer.toString(Topics.PARTITIONS)));
        // One broker holds every copy there is.
        properties.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "5",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1"));
        // A small broker that lets consumers start at once.
        properties.putAll(Map.of(
                "group.initial.rebalance.delay.ms", "0",
                "log.cleaner.dedupe.buffer.size", "2097152",
                "log.segment.bytes", "16777216",
                "log.index.size.max.bytes", "1048576"));
        // Inside a JVM that is busy with tests the broker must not take itself for dead: each time it would elect all
        // leaders anew, which keeps it so busy that it happens again.
        properties.putAll(Map.of("broker.session.timeout.ms", "60000", "broker.heartbeat.interval.ms", "500"));
        properties.putAll(settings);
        return properties;
    }

    @Override
    public void stop() {
        KafkaRaftServer running = server;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
            server = null;
        }
    }

    @Override
    public void kill() {
        stop();
    }
}
