package com.eventuall.deploy.checks;

import static com.eventuall.deploy.checks.Mistake.put;
import static com.eventuall.deploy.checks.Mistake.remove;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of manifest that does not fit the services is found: one is made in a rendered overlay. */
class MisfitTest {
    private static final String CONTAINER = "/spec/template/spec/containers/0";

    @ParameterizedTest
    @MethodSource("mistakes")
    void isFound(Mistake mistake) {
        mistake.assertFound();
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(services(), kafka(), metrics()).flatMap(List::stream);
    }

    private static List<Mistake> services() {
        Check environment = new EnvironmentCheck(Project.SERVICES);
        Check drain = new DrainCheck(Project.SERVICES);
        Check routes = new RouteCheck(Project.SERVICES);
        return List.of(
                new Mistake(
                        "a variable with a typing error",
                        environment,
                        "ConfigMap/token-service",
                        "/data",
                        put("TOKEN_PUBLISH_POLCY", "stage"),
                        "TOKEN_PUBLISH_POLCY"),
                new Mistake(
                        "a missing setting",
                        environment,
                        "ConfigMap/token-service",
                        "/data",
                        remove("LIVEKIT_URL"),
                        "livekit.url is not set"),
                new Mistake(
                        "a missing secret",
                        environment,
                        "ExternalSecret/eventuall",
                        "/spec/data/0",
                        put("secretKey", "REDIS"),
                        "quarkus.redis.hosts is not set"),
                new Mistake(
                        "no key for passes",
                        environment,
                        "ExternalSecret/eventuall",
                        "/spec/data/1",
                        put("secretKey", "X"),
                        "no key to verify passes"),
                new Mistake(
                        "two values for one setting",
                        environment,
                        "ConfigMap/eventuall",
                        "/data",
                        put("LIVEKIT_API_KEY", "x"),
                        "set more than once"),
                new Mistake(
                        "a setting of the build",
                        environment,
                        "ConfigMap/eventuall",
                        "/data",
                        put("QUARKUS_MANAGEMENT_ENABLED", "true"),
                        "fixed when the service is built"),
                new Mistake(
                        "killed while draining",
                        drain,
                        "Deployment/token-service",
                        "/spec/template/spec",
                        put("terminationGracePeriodSeconds", 20),
                        "is killed after 20 s"),
                new Mistake(
                        "no pause before SIGTERM",
                        drain,
                        "Deployment/token-service",
                        CONTAINER,
                        remove("lifecycle"),
                        "no pause before SIGTERM"),
                new Mistake(
                        "a path without a route",
                        routes,
                        "HTTPRoute/token-service",
                        "/spec/rules/0/matches/0/path",
                        put("value", "/v1/events/[^/]+/rooms/[^/]+/join"),
                        "0 routes match"),
                new Mistake(
                        "a route that some gateways take for more than it says",
                        routes,
                        "HTTPRoute/presence-service",
                        "/spec/rules/1/matches/0/path",
                        put("value", "/v1/events/[^/]+/rooms(/[^/]+/(snapshot|participants|pins/[^/]+))?"),
                        "2 routes match"),
                new Mistake(
                        "a path with two routes",
                        routes,
                        "HTTPRoute/chat-service",
                        "/spec/rules/0/matches/0/path",
                        put("value", "/v1/events/.*"),
                        "2 routes match"),
                new Mistake(
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
                new Mistake(
                        "a missing topic",
                        check,
                        "KafkaTopic/stage-entered",
                        "/metadata",
                        put("name", "stage-enter"),
                        "KafkaTopic/stage-entered: is missing"),
                new Mistake(
                        "a topic of nothing",
                        check,
                        "KafkaTopic/stage-entered",
                        "/metadata",
                        put("name", "stage-enter"),
                        "KafkaTopic/stage-enter: is of no event type"),
                new Mistake(
                        "other partitions than promised",
                        check,
                        "KafkaTopic/stage-entered",
                        "/spec",
                        put("partitions", 6),
                        "AsyncAPI promises 12 partitions"),
                new Mistake(
                        "another retention than promised",
                        check,
                        "KafkaTopic/stage-entered",
                        "/spec/config",
                        put("retention.ms", 1),
                        "AsyncAPI promises a retention"),
                new Mistake(
                        "a right that is missing",
                        check,
                        "KafkaUser/token-service-kafka",
                        "/spec/authorization/acls/0/resource",
                        put("name", "x"),
                        "lacks: Write"),
                new Mistake(
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
                new Mistake(
                        "an alert on nothing",
                        check,
                        "PrometheusRule/eventuall",
                        "/spec/groups/0/rules/3",
                        put("expr", "changes(process_start[15m]) > 2"),
                        "no metric process_start"),
                new Mistake(
                        "a scaler on nothing",
                        check,
                        "ScaledObject/presence-service",
                        "/spec/triggers/0/metadata",
                        put("query", "sum(eventuall_sockets)"),
                        "no metric eventuall_sockets"),
                new Mistake(
                        "a dashboard of nothing",
                        check,
                        "ConfigMap/eventuall-dashboards",
                        "/data",
                        put("suite.json", "{\"expr\": \"rate(requests_total[1m])\"}"),
                        "no metric requests_total"),
                new Mistake(
                        "a dashboard that is no JSON",
                        check,
                        "ConfigMap/eventuall-dashboards",
                        "/data",
                        put("suite.json", "{"),
                        "is no JSON"));
    }
}
