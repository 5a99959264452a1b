package com.eventuall.deploy.checks;

import static com.eventuall.deploy.checks.Mistake.put;
import static com.eventuall.deploy.checks.Mistake.remove;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of wrong type or field is found: one is made in a rendered overlay. */
class MistypingTest {
    private static final Path TYPES = Project.ROOT.resolve("deploy/checks/types/check-types.mjs");
    private static final String CONTAINER = "/spec/template/spec/containers/0";

    @ParameterizedTest
    @MethodSource("mistakes")
    void isFound(Mistake mistake) {
        mistake.assertFound();
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(types(), fields()).flatMap(List::stream);
    }

    private static List<Mistake> types() {
        Check check = new TypeCheck(TYPES);
        return List.of(
                new Mistake(
                        "a string for a number",
                        check,
                        "Deployment/chat-service",
                        "/spec",
                        put("replicas", "two"),
                        "replicas"),
                new Mistake("no selector", check, "Deployment/chat-service", "/spec", remove("selector"), "selector"),
                new Mistake(
                        "a strange enumeration value",
                        check,
                        "PodMonitor/eventuall",
                        "/spec/podMetricsEndpoints/0",
                        put("scheme", "gopher"),
                        "scheme"),
                new Mistake(
                        "a route without a path type",
                        check,
                        "HTTPRoute/chat-service",
                        "/spec/rules/0/matches/0/path",
                        put("type", "Regex"),
                        "type"),
                new Mistake(
                        "a scaler without target",
                        check,
                        "ScaledObject/queue-service",
                        "/spec",
                        remove("scaleTargetRef"),
                        "scaleTargetRef"),
                new Mistake(
                        "a version that does not exist",
                        check,
                        "HorizontalPodAutoscaler/token-service",
                        "",
                        put("apiVersion", "autoscaling/v9"),
                        "autoscaling/v9"));
    }

    private static List<Mistake> fields() {
        Check check = new FieldCheck();
        return List.of(
                new Mistake(
                        "a probe with a typing error",
                        check,
                        "Deployment/queue-service",
                        CONTAINER,
                        put("readynessProbe", "x"),
                        ".readynessProbe is no field"),
                new Mistake(
                        "a gateway field with a typing error",
                        check,
                        "HTTPRoute/chat-service",
                        "/spec/rules/0",
                        put("timeout", "1s"),
                        ".timeout is no field"),
                new Mistake(
                        "a Strimzi field with a typing error",
                        check,
                        "KafkaTopic/stage-entered",
                        "/spec",
                        put("partition", "1"),
                        ".partition is no field"),
                new Mistake(
                        "a Strimzi number that is none",
                        check,
                        "KafkaTopic/stage-entered",
                        "/spec",
                        put("partitions", "many"),
                        "many"),
                new Mistake(
                        "a KEDA field with a typing error",
                        check,
                        "ScaledObject/queue-service",
                        "/spec",
                        put("minReplicas", "2"),
                        "minReplicas"),
                new Mistake(
                        "a CloudNativePG field with a typing error",
                        check,
                        "Cluster/chat-db",
                        "/spec",
                        put("instance", "3"),
                        "instance"),
                new Mistake(
                        "a schedule without seconds",
                        check,
                        "ScheduledBackup/chat-db",
                        "/spec",
                        put("schedule", "0 3 * * *"),
                        "schedule"),
                new Mistake(
                        "a secret reference with a typing error",
                        check,
                        "ExternalSecret/chat-service",
                        "/spec/data/0",
                        put("remote", "x"),
                        "remote"),
                new Mistake(
                        "a kind nobody knows",
                        check,
                        "Service/chat-service",
                        "",
                        put("kind", "Servise"),
                        "nothing describes"));
    }
}
