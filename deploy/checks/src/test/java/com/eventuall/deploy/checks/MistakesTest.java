package com.eventuall.deploy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of mistake is found: one is made in a rendered overlay, and the check must name it. */
class MistakesTest {
    private static final Path TYPES = Project.ROOT.resolve("deploy/checks/types/check-types.mjs");
    private static final String CONTAINER = "/spec/template/spec/containers/0";

    @ParameterizedTest
    @MethodSource("mistakes")
    void isFound(Mistake mistake) {
        Manifests good = Project.render("production");
        Manifests bad = mistake.madeIn(good);
        assertThat(mistake.check().inspect(good)).isEmpty();
        assertThat(mistake.check().inspect(bad))
                .anySatisfy(finding -> assertThat(finding.toString()).contains(mistake.found()));
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(types(), fields(), references(), secrets(), hardening(), services(), kafka(), metrics())
                .flatMap(List::stream);
    }

    private static List<Mistake> types() {
        Check check = new TypeCheck(TYPES);
        return List.of(
                mistake(
                        "a string for a number",
                        check,
                        "Deployment/chat-service",
                        "/spec",
                        put("replicas", "two"),
                        "replicas"),
                mistake("no selector", check, "Deployment/chat-service", "/spec", remove("selector"), "selector"),
                mistake(
                        "a strange enumeration value",
                        check,
                        "PodMonitor/eventuall",
                        "/spec/podMetricsEndpoints/0",
                        put("scheme", "gopher"),
                        "scheme"),
                mistake(
                        "a route without a path type",
                        check,
                        "HTTPRoute/chat-service",
                        "/spec/rules/0/matches/0/path",
                        put("type", "Regex"),
                        "type"),
                mistake(
                        "a scaler without target",
                        check,
                        "ScaledObject/queue-service",
                        "/spec",
                        remove("scaleTargetRef"),
                        "scaleTargetRef"),
                mistake(
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
                mistake(
                        "a probe with a typing error",
                        check,
                        "Deployment/queue-service",
                        CONTAINER,
                        put("readynessProbe", "x"),
                        ".readynessProbe is no field"),
                mistake(
                        "a gateway field with a typing error",
                        check,
                        "HTTPRoute/chat-service",
                        "/spec/rules/0",
                        put("timeout", "1s"),
                        ".timeout is no field"),
                mistake(
                        "a Strimzi field with a typing error",
                        check,
                        "KafkaTopic/stage-entered",
                        "/spec",
                        put("partition", "1"),
                        ".partition is no field"),
                mistake(
                        "a Strimzi number that is none",
                        check,
                        "KafkaTopic/stage-entered",
                        "/spec",
                        put("partitions", "many"),
                        "many"),
                mistake(
                        "a KEDA field with a typing error",
                        check,
                        "ScaledObject/queue-service",
                        "/spec",
                        put("minReplicas", "2"),
                        "minReplicas"),
                mistake(
                        "a CloudNativePG field with a typing error",
                        check,
                        "Cluster/chat-db",
                        "/spec",
                        put("instance", "3"),
                        "instance"),
                mistake(
                        "a schedule without seconds",
                        check,
                        "ScheduledBackup/chat-db",
                        "/spec",
                        put("schedule", "0 3 * * *"),
                        "schedule"),
                mistake(
                        "a secret reference with a typing error",
                        check,
                        "ExternalSecret/chat-service",
                        "/spec/data/0",
                        put("remote", "x"),
                        "remote"),
                mistake(
                        "a kind nobody knows",
                        check,
                        "Service/chat-service",
                        "",
                        put("kind", "Servise"),
                        "nothing describes"));
    }

    private static List<Mistake> references() {
        Check check = new ReferenceCheck();
        return List.of(
                mistake(
                        "a Service that selects nothing",
                        check,
                        "Service/chat-service",
                        "/spec/selector",
                        put("app.kubernetes.io/name", "chat"),
                        "selects no pod"),
                mistake(
                        "a port that the container lacks",
                        check,
                        "Service/chat-service",
                        "/spec/ports/0",
                        put("targetPort", "web"),
                        "has no port web"),
                mistake(
                        "a probe of an undeclared port",
                        check,
                        "Deployment/chat-service",
                        CONTAINER + "/livenessProbe/httpGet",
                        put("port", "admin"),
                        "livenessProbe asks port admin"),
                mistake(
                        "a missing service account",
                        check,
                        "Deployment/chat-service",
                        "/spec/template/spec",
                        put("serviceAccountName", "chat"),
                        "no ServiceAccount chat"),
                mistake(
                        "a route to nowhere",
                        check,
                        "HTTPRoute/chat-service",
                        "/spec/rules/0/backendRefs/0",
                        put("name", "chat"),
                        "no Service 'chat'"),
                mistake(
                        "a route to a wrong port",
                        check,
                        "HTTPRoute/chat-service",
                        "/spec/rules/0/backendRefs/0",
                        put("port", 8080),
                        "has no port 8080"),
                mistake(
                        "a route of no gateway",
                        check,
                        "HTTPRoute/chat-service",
                        "/spec/parentRefs/0",
                        put("name", "edge"),
                        "no Gateway 'edge'"),
                mistake(
                        "a budget for nobody",
                        check,
                        "PodDisruptionBudget/chat-service",
                        "/spec/selector/matchLabels",
                        put("app.kubernetes.io/name", "x"),
                        "selects no pod"),
                mistake(
                        "a scaler of nothing",
                        check,
                        "HorizontalPodAutoscaler/chat-service",
                        "/spec/scaleTargetRef",
                        put("name", "x"),
                        "no Deployment 'x'"),
                mistake(
                        "a KEDA scaler of nothing",
                        check,
                        "ScaledObject/queue-service",
                        "/spec/scaleTargetRef",
                        put("name", "x"),
                        "no Deployment 'x'"),
                mistake(
                        "a policy for a service that is not there",
                        check,
                        "NetworkPolicy/to-vendors",
                        "/spec/podSelector/matchExpressions/0/values",
                        add("billing-service"),
                        "no pod with app.kubernetes.io/name=billing-service"),
                mistake(
                        "a policy for a port that is not there",
                        check,
                        "NetworkPolicy/from-monitoring",
                        "/spec/ingress/0/ports/0",
                        put("port", "metrics"),
                        "has no port metrics"),
                mistake(
                        "a monitor of a port that is not there",
                        check,
                        "PodMonitor/eventuall",
                        "/spec/podMetricsEndpoints/0",
                        put("port", "metrics"),
                        "has no port metrics"),
                mistake(
                        "a topic of another cluster",
                        check,
                        "KafkaTopic/stage-entered",
                        "/metadata/labels",
                        put("strimzi.io/cluster", "other"),
                        "no Kafka cluster 'other'"),
                mistake(
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
                mistake(
                        "a missing ConfigMap",
                        check,
                        "Deployment/chat-service",
                        CONTAINER + "/envFrom/0/configMapRef",
                        put("name", "x"),
                        "no ConfigMap 'x'"),
                mistake(
                        "a missing Secret",
                        check,
                        "Deployment/chat-service",
                        CONTAINER + "/envFrom/3/secretRef",
                        put("name", "x"),
                        "no Secret 'x'"),
                mistake(
                        "a Secret nobody uses",
                        check,
                        "Deployment/chat-service",
                        CONTAINER + "/envFrom/3/secretRef",
                        put("name", "x"),
                        "no pod uses its Secret"),
                mistake(
                        "a key that the operator does not make",
                        check,
                        "Deployment/chat-service",
                        "/spec/template/spec/volumes/0/secret/items/0",
                        put("key", "tls.crt"),
                        "has no key 'tls.crt'"),
                mistake(
                        "a mount without a volume",
                        check,
                        "Deployment/chat-service",
                        CONTAINER + "/volumeMounts/0",
                        put("name", "x"),
                        "mounts 'x'"),
                mistake(
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
                mistake(
                        "a missing workload",
                        check,
                        "Deployment/chat-service",
                        "/metadata",
                        put("name", "chat"),
                        "is missing"),
                mistake(
                        "a root pod",
                        check,
                        "Deployment/chat-service",
                        "/spec/template/spec/securityContext",
                        remove("runAsNonRoot"),
                        "runAsNonRoot"),
                mistake(
                        "a writable root",
                        check,
                        "Deployment/chat-service",
                        CONTAINER + "/securityContext",
                        remove("readOnlyRootFilesystem"),
                        "readOnlyRootFilesystem"),
                mistake(
                        "memory that can be taken away",
                        check,
                        "Deployment/chat-service",
                        CONTAINER + "/resources/limits",
                        put("memory", "9Gi"),
                        "memory request and limit"),
                mistake(
                        "an image that moves",
                        check,
                        "Deployment/chat-service",
                        CONTAINER,
                        put("image", "chat:latest"),
                        "no exact version"),
                mistake(
                        "an image without a version",
                        check,
                        "Deployment/chat-service",
                        CONTAINER,
                        put("image", "registry:5000/chat"),
                        "no exact version"),
                mistake(
                        "a probe of the public port",
                        check,
                        "Deployment/chat-service",
                        CONTAINER + "/readinessProbe/httpGet",
                        put("port", "http"),
                        "readinessProbe does not ask port management"),
                mistake(
                        "no disruption budget",
                        check,
                        "PodDisruptionBudget/chat-service",
                        "/spec/selector/matchLabels",
                        put("app.kubernetes.io/name", "x"),
                        "no PodDisruptionBudget"),
                mistake(
                        "nothing denied",
                        check,
                        "NetworkPolicy/default-deny",
                        "/spec",
                        put("policyTypes", "x"),
                        "no NetworkPolicy denies by default"));
    }

    private static List<Mistake> services() {
        Check environment = new EnvironmentCheck(Project.SERVICES);
        Check drain = new DrainCheck(Project.SERVICES);
        Check routes = new RouteCheck(Project.SERVICES);
        return List.of(
                mistake(
                        "a variable with a typing error",
                        environment,
                        "ConfigMap/token-service",
                        "/data",
                        put("TOKEN_PUBLISH_POLCY", "stage"),
                        "TOKEN_PUBLISH_POLCY"),
                mistake(
                        "a missing setting",
                        environment,
                        "ConfigMap/token-service",
                        "/data",
                        remove("LIVEKIT_URL"),
                        "livekit.url is not set"),
                mistake(
                        "a missing secret",
                        environment,
                        "ExternalSecret/eventuall",
                        "/spec/data/0",
                        put("secretKey", "REDIS"),
                        "quarkus.redis.hosts is not set"),
                mistake(
                        "no key for passes",
                        environment,
                        "ExternalSecret/eventuall",
                        "/spec/data/1",
                        put("secretKey", "X"),
                        "no key to verify passes"),
                mistake(
                        "two values for one setting",
                        environment,
                        "ConfigMap/eventuall",
                        "/data",
                        put("LIVEKIT_API_KEY", "x"),
                        "set more than once"),
                mistake(
                        "a setting of the build",
                        environment,
                        "ConfigMap/eventuall",
                        "/data",
                        put("QUARKUS_MANAGEMENT_ENABLED", "true"),
                        "fixed when the service is built"),
                mistake(
                        "killed while draining",
                        drain,
                        "Deployment/token-service",
                        "/spec/template/spec",
                        put("terminationGracePeriodSeconds", 20),
                        "is killed after 20 s"),
                mistake(
                        "no pause before SIGTERM",
                        drain,
                        "Deployment/token-service",
                        CONTAINER,
                        remove("lifecycle"),
                        "no pause before SIGTERM"),
                mistake(
                        "a path without a route",
                        routes,
                        "HTTPRoute/token-service",
                        "/spec/rules/0/matches/0/path",
                        put("value", "/v1/events/[^/]+/rooms/[^/]+/join"),
                        "0 routes match"),
                mistake(
                        "a path with two routes",
                        routes,
                        "HTTPRoute/chat-service",
                        "/spec/rules/0/matches/0/path",
                        put("value", "/v1/events/.*"),
                        "2 routes match"),
                mistake(
                        "a path to the wrong service",
                        routes,
                        "HTTPRoute/token-service",
                        "/spec/rules/0/backendRefs/0",
                        put("name", "chat-service"),
                        "is routed to chat-service"));
    }

    private static List<Mistake> kafka() {
        Check check = new TopicCheck(Project.SERVICES);
        return List.of(
                mistake(
                        "a missing topic",
                        check,
                        "KafkaTopic/stage-entered",
                        "/metadata",
                        put("name", "stage-enter"),
                        "KafkaTopic/stage-entered: is missing"),
                mistake(
                        "a topic of nothing",
                        check,
                        "KafkaTopic/stage-entered",
                        "/metadata",
                        put("name", "stage-enter"),
                        "KafkaTopic/stage-enter: is of no event type"),
                mistake(
                        "other partitions than promised",
                        check,
                        "KafkaTopic/stage-entered",
                        "/spec",
                        put("partitions", 6),
                        "AsyncAPI promises 12 partitions"),
                mistake(
                        "another retention than promised",
                        check,
                        "KafkaTopic/stage-entered",
                        "/spec/config",
                        put("retention.ms", 1),
                        "AsyncAPI promises a retention"),
                mistake(
                        "a right that is missing",
                        check,
                        "KafkaUser/token-service-kafka",
                        "/spec/authorization/acls/0/resource",
                        put("name", "x"),
                        "lacks: Write"),
                mistake(
                        "a right too many",
                        check,
                        "KafkaUser/token-service-kafka",
                        "/spec/authorization/acls/0/resource",
                        put("name", "x"),
                        "needs not: Write x"));
    }

    private static List<Mistake> metrics() {
        Check check = new MetricCheck(Project.K8S.resolve("metrics.txt"));
        return List.of(
                mistake(
                        "an alert on nothing",
                        check,
                        "PrometheusRule/eventuall",
                        "/spec/groups/0/rules/3",
                        put("expr", "changes(process_start[15m]) > 2"),
                        "no metric process_start"),
                mistake(
                        "a scaler on nothing",
                        check,
                        "ScaledObject/presence-service",
                        "/spec/triggers/0/metadata",
                        put("query", "sum(eventuall_sockets)"),
                        "no metric eventuall_sockets"),
                mistake(
                        "a dashboard of nothing",
                        check,
                        "ConfigMap/eventuall-dashboards",
                        "/data",
                        put("suite.json", "{\"expr\": \"rate(requests_total[1m])\"}"),
                        "no metric requests_total"),
                mistake(
                        "a dashboard that is no JSON",
                        check,
                        "ConfigMap/eventuall-dashboards",
                        "/data",
                        put("suite.json", "{"),
                        "is no JSON"));
    }

    private static Mistake mistake(
            String title, Check check, String resource, String pointer, Consumer<JsonNode> edit, String found) {
        return new Mistake(title, check, resource, pointer, edit, found);
    }

    private static Consumer<JsonNode> put(String field, String value) {
        return node -> ((ObjectNode) node).put(field, value);
    }

    private static Consumer<JsonNode> put(String field, int value) {
        return node -> ((ObjectNode) node).put(field, value);
    }

    private static Consumer<JsonNode> remove(String field) {
        return node -> assertThat(((ObjectNode) node).remove(field)).isNotNull();
    }

    private static Consumer<JsonNode> add(String value) {
        return node -> ((ArrayNode) node).add(value);
    }

    /** A mistake. @param resource {@code Kind/name}, the name without the suffix of its content */
    private record Mistake(
            String title, Check check, String resource, String pointer, Consumer<JsonNode> edit, String found) {
        Manifests madeIn(Manifests good) {
            List<Resource> copy = good.resources().stream()
                    .map(resource -> new Resource(resource.tree().deepCopy()))
                    .toList();
            Resource target = copy.stream()
                    .filter(candidate -> candidate.toString().equals(resource)
                            || candidate.toString().matches(resource + "-[a-z0-9]{10}"))
                    .findFirst()
                    .orElseThrow();
            edit.accept(target.at(pointer));
            return new Manifests(copy);
        }

        @Override
        public String toString() {
            return title;
        }
    }
}
