package com.eventuall.deploy.checks;

import com.eventuall.contracts.events.EventType;
import com.eventuall.deploy.checks.source.ServiceSource;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Topics: the manifests, the event types, the AsyncAPI document and the services' configuration name the same ones, and each
 * service's user may do with them what it does.
 */
public final class TopicCheck implements Check {
    private final List<ServiceSource> services;
    private final Map<String, JsonNode> channels;

    public TopicCheck(List<ServiceSource> services) {
        this(services, asyncApi());
    }

    TopicCheck(List<ServiceSource> services, JsonNode asyncApi) {
        this.services = List.copyOf(services);
        this.channels = new TreeMap<>();
        asyncApi.path("channels")
                .forEach(channel -> channels.put(channel.path("address").asText(), channel));
    }

    static JsonNode asyncApi() {
        try (InputStream file = EventType.class.getResourceAsStream("/contracts/asyncapi.yaml")) {
            return new YAMLMapper().readTree(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Finding> inspect(Manifests manifests) {
        List<Finding> findings = new ArrayList<>();
        Set<String> facts = new TreeSet<>();
        Set<String> all = new TreeSet<>();
        Arrays.stream(EventType.values()).forEach(type -> {
            facts.add(type.topic());
            all.add(type.topic());
            all.add(type.deadLetterTopic());
        });
        Set<String> made = new TreeSet<>();
        manifests.ofKind("KafkaTopic").forEach(topic -> {
            made.add(topic.at("/spec/topicName").asText(topic.name()));
            partitions(topic, findings);
        });
        compare("KafkaTopic", all, made, findings);
        compare("AsyncAPI channel", facts, channels.keySet(), findings);
        for (ServiceSource service : services) {
            service.consumedTopics().stream()
                    .filter(topic -> !facts.contains(topic))
                    .forEach(topic ->
                            findings.add(new Finding(service.name(), "consumes " + topic + ", which is no event")));
            manifests
                    .find("KafkaUser", service.name() + "-kafka")
                    .ifPresentOrElse(
                            user -> rights(user, service, findings),
                            () -> findings.add(new Finding(service.name(), "has no KafkaUser")));
        }
        return findings;
    }

    private void partitions(Resource topic, List<Finding> findings) {
        JsonNode channel = channels.get(topic.name());
        int promised = channel == null
                ? topic.at("/spec/partitions").asInt()
                : channel.at("/bindings/kafka/partitions").asInt();
        if (topic.at("/spec/partitions").asInt() != promised) {
            findings.add(Finding.of(topic, "AsyncAPI promises %d partitions", promised));
        }
        String retention = channel == null
                ? topic.at("/spec/config/retention.ms").asText()
                : channel.at("/bindings/kafka/topicConfiguration/retention.ms").asText();
        if (!topic.at("/spec/config/retention.ms").asText().equals(retention)) {
            findings.add(Finding.of(topic, "AsyncAPI promises a retention of %s ms", retention));
        }
    }

    private static void compare(String what, Set<String> wanted, Set<String> found, List<Finding> findings) {
        wanted.stream()
                .filter(topic -> !found.contains(topic))
                .forEach(topic -> findings.add(new Finding(what + "/" + topic, "is missing")));
        found.stream()
                .filter(topic -> !wanted.contains(topic))
                .forEach(topic -> findings.add(new Finding(what + "/" + topic, "is of no event type")));
    }

    private static void rights(Resource user, ServiceSource service, List<Finding> findings) {
        Set<String> wanted = new TreeSet<>();
        KafkaManifests.written(service).forEach(topic -> wanted.add("Write " + topic));
        service.consumedTopics().forEach(topic -> wanted.add("Read " + topic));
        Set<String> granted = new TreeSet<>();
        for (JsonNode acl : user.at("/spec/authorization/acls")) {
            if (acl.at("/resource/type").asText().equals("topic")) {
                for (JsonNode operation : acl.path("operations")) {
                    if (!operation.asText().equals("Describe")) {
                        granted.add(operation.asText() + " "
                                + acl.at("/resource/name").asText());
                    }
                }
            }
        }
        wanted.stream()
                .filter(right -> !granted.contains(right))
                .forEach(right -> findings.add(Finding.of(user, "lacks: %s", right)));
        granted.stream()
                .filter(right -> !wanted.contains(right))
                .forEach(right -> findings.add(Finding.of(user, "needs not: %s", right)));
    }
}
