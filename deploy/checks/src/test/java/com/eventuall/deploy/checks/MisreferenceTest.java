package com.eventuall.deploy.checks;

import static com.eventuall.deploy.checks.Mistake.add;
import static com.eventuall.deploy.checks.Mistake.put;
import static com.eventuall.deploy.checks.Mistake.remove;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of wrong reference, secret or unsafe pod is found: one is made in a rendered overlay. */
class MisreferenceTest {
    private static final String CONTAINER = "/spec/template/spec/containers/0";

    @ParameterizedTest
    @MethodSource("mistakes")
    void isFound(Mistake mistake) {
        mistake.assertFound();
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(references(), secrets(), hardening()).flatMap(List::stream);
    }

    private static List<Mistake> references() {
        Check check = new ReferenceCheck();
        return List.of(
                new Mistake(
                        "a Service that selects nothing",
                        check,
                        "Service/chat-service",
                        "/spec/selector",
                        put("app.kubernetes.io/name", "chat"),
                        "selects no pod"),
                new Mistake(
                        "a port that the container lacks",
                        check,
                        "Service/chat-service",
                        "/spec/ports/0",
                        put("targetPort", "web"),
                        "has no port web"),
                new Mistake(
                        "a probe of an undeclared port",
                        check,
                        "Deployment/chat-service",
                        CONTAINER + "/livenessProbe/httpGet",
                        put("port", "admin"),
                        "livenessProbe asks port admin"),
                new Mistake(
                        "a missing service account",
                        check,
                        "Deployment/chat-service",
                        "/spec/template/spec",
                        put("serviceAccountName", "chat"),
                        "no ServiceAccount chat"),
                new Mistake(
                        "a route to nowhere",
                        check,
                        "HTTPRoute/chat-service",
                        "/spec/rules/0/backendRefs/0",
                        put("name", "chat"),
                        "no Service 'chat'"),
                new Mistake(
                        "a route to a wrong port",
                        check,
                        "HTTPRoute/chat-service",
                        "/spec/rules/0/backendRefs/0",
                        put("port", 8080),
                        "has no port 8080"),
                new Mistake(
                        "a route of no gateway",
                        check,
                        "HTTPRoute/chat-service",
                        "/spec/parentRefs/0",
                        put("name", "edge"),
                        "no Gateway 'edge'"),
                new Mistake(
                        "a budget for nobody",
                        check,
                        "PodDisruptionBudget/chat-service",
                        "/spec/selector/matchLabels",
                        put("app.kubernetes.io/name", "x"),
                        "selects no pod"),
                new Mistake(
                        "a scaler of nothing",
                        check,
                        "HorizontalPodAutoscaler/chat-service",
                        "/spec/scaleTargetRef",
                        put("name", "x"),
                        "no Deployment 'x'"),
                new Mistake(
                        "a KEDA scaler of nothing",
                        check,
                        "ScaledObject/queue-service",
                        "/spec/scaleTargetRef",
                        put("name", "x"),
                        "no Deployment 'x'"),
                new Mistake(
                        "a policy for a service that is not there",
                        check,
                        "NetworkPolicy/to-vendors",
                        "/spec/podSelector/matchExpressions/0/values",
                        add("billing-service"),
                        "no pod with app.kubernetes.io/name=billing-service"),
                new Mistake(
                        "a policy for a port that is not there",
                        check,
                        "NetworkPolicy/from-monitoring",
                        "/spec/ingress/0/ports/0",
                        put("port", "metrics"),
                        "has no port metrics"),
                new Mistake(
                        "a monitor of a port that is not there",
                        check,
                        "PodMonitor/eventuall",
                        "/spec/podMetricsEndpoints/0",
                        put("port", "metrics"),
                        "has no port metrics"),
                new Mistake(
                        "a topic of another cluster",
                        check,
                        "KafkaTopic/stage-entered",
                        "/metadata/labels",
                        put("strimzi.io/cluster", "other"),
                        "no Kafka cluster 'other'"),
                new Mistake(
                        "a backup of nothing",
                        check,
                        "ScheduledBackup/chat-db",
                        "/spec/cluster",
                        put("name", "x"),
                        "no Cluster 'x'"));
    }

    private static List<Mistake> secrets() {
        Check check = new SecretCheck();
        return List.of(
                new Mistake(
                        "a missing ConfigMap",
                        check,
                        "Deployment/chat-service",
                        CONTAINER + "/envFrom/0/configMapRef",
                        put("name", "x"),
                        "no ConfigMap 'x'"),
                new Mistake(
                        "a missing Secret",
                        check,
                        "Deployment/chat-service",
                        CONTAINER + "/envFrom/3/secretRef",
                        put("name", "x"),
                        "no Secret 'x'"),
                new Mistake(
                        "a Secret nobody uses",
                        check,
                        "Deployment/chat-service",
                        CONTAINER + "/envFrom/3/secretRef",
                        put("name", "x"),
                        "no pod uses its Secret"),
                new Mistake(
                        "a key that the operator does not make",
                        check,
                        "Deployment/chat-service",
                        "/spec/template/spec/volumes/0/secret/items/0",
                        put("key", "tls.crt"),
                        "has no key 'tls.crt'"),
                new Mistake(
                        "a mount without a volume",
                        check,
                        "Deployment/chat-service",
                        CONTAINER + "/volumeMounts/0",
                        put("name", "x"),
                        "mounts 'x'"),
                new Mistake(
                        "a secret in the open",
                        check,
                        "ConfigMap/chat-service",
                        "/data",
                        put("TWILIO_AUTH_TOKEN", "x"),
                        "belongs into a Secret"));
    }

    private static List<Mistake> hardening() {
        Check check = new HardeningCheck();
        return List.of(
                new Mistake(
                        "a missing workload",
                        check,
                        "Deployment/chat-service",
                        "/metadata",
                        put("name", "chat"),
                        "is missing"),
                new Mistake(
                        "a root pod",
                        check,
                        "Deployment/chat-service",
                        "/spec/template/spec/securityContext",
                        remove("runAsNonRoot"),
                        "runAsNonRoot"),
                new Mistake(
                        "a writable root",
                        check,
                        "Deployment/chat-service",
                        CONTAINER + "/securityContext",
                        remove("readOnlyRootFilesystem"),
                        "readOnlyRootFilesystem"),
                new Mistake(
                        "memory that can be taken away",
                        check,
                        "Deployment/chat-service",
                        CONTAINER + "/resources/limits",
                        put("memory", "9Gi"),
                        "memory request and limit"),
                new Mistake(
                        "an image that moves",
                        check,
                        "Deployment/chat-service",
                        CONTAINER,
                        put("image", "chat:latest"),
                        "no exact version"),
                new Mistake(
                        "an image without a version",
                        check,
                        "Deployment/chat-service",
                        CONTAINER,
                        put("image", "registry:5000/chat"),
                        "no exact version"),
                new Mistake(
                        "a probe of the public port",
                        check,
                        "Deployment/chat-service",
                        CONTAINER + "/readinessProbe/httpGet",
                        put("port", "http"),
                        "readinessProbe does not ask port management"),
                new Mistake(
                        "no disruption budget",
                        check,
                        "PodDisruptionBudget/chat-service",
                        "/spec/selector/matchLabels",
                        put("app.kubernetes.io/name", "x"),
                        "no PodDisruptionBudget"),
                new Mistake(
                        "nothing denied",
                        check,
                        "NetworkPolicy/default-deny",
                        "/spec",
                        put("policyTypes", "x"),
                        "no NetworkPolicy denies by default"));
    }
}
