package com.eventuall.local.infra;

import java.nio.file.Path;

/**
 * A Kafka broker as a process of its own, with all topics of the suite: {@code KafkaNode PORT CONTROLLER_PORT
 * DATA_DIRECTORY}. It ends in good order on SIGTERM.
 */
public final class KafkaNode {
    private KafkaNode() {}

    public static void main(String[] arguments) {
        // Kafka asks Log4j for its logger registry although it logs by SLF4J; without a provider Log4j complains.
        System.setProperty("log4j.provider", "org.apache.logging.log4j.simple.internal.SimpleProvider");
        EmbeddedKafka kafka = new EmbeddedKafka(
                Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Path.of(arguments[2]), Topics.all());
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::stop, "stop-kafka"));
        try {
            kafka.start();
        } catch (RuntimeException e) {
            e.printStackTrace();
            // Threads of the half-started broker would keep the process alive.
            Runtime.getRuntime().halt(1);
        }
    }
}
