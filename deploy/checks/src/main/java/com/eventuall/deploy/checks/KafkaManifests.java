package com.eventuall.deploy.checks;

import com.eventuall.contracts.events.EventType;
import com.eventuall.deploy.checks.source.ServiceSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The KafkaTopic and KafkaUser resources, written from the list of event types and what the services consume. */
final class KafkaManifests {
    private static final int PARTITIONS = 12;
    private static final String HEADER = "# Written by KafkaManifestsTest from contracts' EventType; do not edit.\n";

    private KafkaManifests() {}

    /** One topic for each event type and one for its dead letters. */
    static String topics() {
        StringBuilder yaml = new StringBuilder(HEADER);
        for (EventType type : EventType.values()) {
            // A week to replay facts, a month to look at what could not be digested.
            yaml.append(topic(type.topic(), 7)).append(topic(type.deadLetterTopic(), 30));
        }
        return yaml.toString();
    }

    private static String topic(String name, int retentionDays) {
        return """
                ---
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaTopic
                metadata:
                  name: %s
                  labels:
                    strimzi.io/cluster: eventuall
                spec:
                  partitions: %d
                  replicas: 3
                  config:
                    min.insync.replicas: 2
                    retention.ms: %d
                    cleanup.policy: delete
                """.formatted(name, PARTITIONS, retentionDays * 86_400_000L);
    }

    /** One user for each service, who may do what the service does and no more. */
    static String users(List<ServiceSource> services) {
        StringBuilder yaml = new StringBuilder(HEADER.replace("EventType;", "EventType and the services' channels;"));
        services.forEach(service -> yaml.append(user(service.name(), written(service), service.consumedTopics())));
        // Who issues passes also revokes them.
        yaml.append(user("pass-issuer", Set.of(EventType.PASS_REVOKED.topic()), Set.of()));
        return yaml.toString();
    }

    private static String user(String name, Set<String> written, Set<String> read) {
        StringBuilder yaml = new StringBuilder("""
                ---
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaUser
                metadata:
                  name: %s-kafka
                  labels:
                    strimzi.io/cluster: eventuall
                spec:
                  authentication:
                    type: scram-sha-512
                  authorization:
                    type: simple
                    acls:
                """.formatted(name));
        written.forEach(topic -> yaml.append(acl("topic", topic, "literal", "[Describe, Write]")));
        read.forEach(topic -> yaml.append(acl("topic", topic, "literal", "[Describe, Read]")));
        if (!read.isEmpty()) {
            // Also groups of one replica, which begin with the service's name.
            yaml.append(acl("group", name, "prefix", "[Describe, Read]"));
        }
        return yaml.toString();
    }

    private static String acl(String kind, String name, String pattern, String operations) {
        return """
                      - resource: {type: %s, name: %s, patternType: %s}
                        operations: %s
                """.formatted(kind, name, pattern, operations);
    }

    /** The topics that a service publishes to: those of its event types, and the dead letters of what it consumes. */
    static Set<String> written(ServiceSource service) {
        Set<String> topics = new TreeSet<>();
        Arrays.stream(EventType.values())
                .filter(type -> type.source().equals("/eventuall/" + service.name()))
                .forEach(type -> topics.add(type.topic()));
        service.consumedTopics().forEach(topic -> topics.add(topic + ".dlq"));
        return topics;
    }
}
