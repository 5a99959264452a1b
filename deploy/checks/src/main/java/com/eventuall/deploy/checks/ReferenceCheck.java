package com.eventuall.deploy.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one resource says of another: selectors select something, ports exist, back ends and scale targets are there.
 * Kubernetes takes all of these for valid when they point nowhere.
 */
public final class ReferenceCheck implements Check {
    @Override
    public List<Finding> inspect(Manifests manifests) {
        return new Inspection(manifests).findings();
    }

    private static final class Inspection {
        private final Manifests manifests;
        private final Pods pods;
        private final List<Finding> findings = new ArrayList<>();

        Inspection(Manifests manifests) {
            this.manifests = manifests;
            this.pods = new Pods(manifests);
        }

        List<Finding> findings() {
            manifests.ofKind("Service").forEach(this::service);
            manifests.workloads().forEach(this::workload);
            manifests.ofKind("HTTPRoute").forEach(this::route);
            manifests.ofKind("PodDisruptionBudget").forEach(budget -> selects(budget, budget.at("/spec/selector")));
            manifests.ofKind("HorizontalPodAutoscaler").forEach(this::scaleTarget);
            manifests.ofKind("ScaledObject").forEach(this::scaleTarget);
            manifests.ofKind("NetworkPolicy").forEach(this::networkPolicy);
            manifests.ofKind("PodMonitor").forEach(this::podMonitor);
            manifests
                    .ofKind("ScheduledBackup")
                    .forEach(backup -> exists(backup, "Cluster", backup.at("/spec/cluster")));
            List.of("KafkaTopic", "KafkaUser", "KafkaNodePool")
                    .forEach(kind -> manifests.ofKind(kind).forEach(this::ofCluster));
            return findings;
        }

        private void service(Resource service) {
            JsonNode selector = service.at("/spec/selector");
            ObjectNode asLabels = JsonNodeFactory.instance.objectNode();
            asLabels.set("matchLabels", selector);
            for (Pods.Kind kind : selects(service, asLabels)) {
                for (JsonNode port : service.at("/spec/ports")) {
                    JsonNode target = port.has("targetPort") ? port.get("targetPort") : port.path("port");
                    if (!kind.hasPort(target)) {
                        report(service, "%s has no port %s", kind.owner(), target.asText());
                    }
                }
            }
        }

        private void workload(Resource workload) {
            if (!new Selector(workload.at("/spec/selector")).matches(workload.podLabels())) {
                report(workload, "its selector does not select its own pods");
            }
            String account =
                    workload.at("/spec/template/spec/serviceAccountName").asText();
            if (!account.isEmpty() && manifests.find("ServiceAccount", account).isEmpty()) {
                report(workload, "there is no ServiceAccount %s", account);
            }
            for (JsonNode container : workload.containers()) {
                for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                    JsonNode port = container.path(probe).findPath("port");
                    if (!port.isMissingNode() && !declares(container, port)) {
                        report(workload, "%s asks port %s, which the container does not declare", probe, port.asText());
                    }
                }
            }
        }

        private static boolean declares(JsonNode container, JsonNode port) {
            for (JsonNode declared : container.path("ports")) {
                if (declared.path("name").asText().equals(port.asText())
                        || declared.path("containerPort").asText().equals(port.asText())) {
                    return true;
                }
            }
            return false;
        }

        private void route(Resource route) {
            route.at("/spec/parentRefs").forEach(parent -> exists(route, "Gateway", parent));
            for (JsonNode rule : route.at("/spec/rules")) {
                for (JsonNode backend : rule.path("backendRefs")) {
                    exists(route, "Service", backend);
                    manifests
                            .find("Service", backend.path("name").asText())
                            .filter(service ->
                                    !hasPort(service, backend.path("port").asInt()))
                            .ifPresent(service -> report(
                                    route,
                                    "%s has no port %s",
                                    service,
                                    backend.path("port").asText("(none given)")));
                }
            }
        }

        private static boolean hasPort(Resource service, int port) {
            for (JsonNode candidate : service.at("/spec/ports")) {
                if (candidate.path("port").asInt() == port) {
                    return true;
                }
            }
            return false;
        }

        private void scaleTarget(Resource scaler) {
            JsonNode target = scaler.at("/spec/scaleTargetRef");
            exists(scaler, target.path("kind").asText("Deployment"), target);
        }

        private void networkPolicy(Resource policy) {
            List<Pods.Kind> guarded = selects(policy, policy.at("/spec/podSelector"));
            for (JsonNode rule : policy.at("/spec/ingress")) {
                rule.path("from").forEach(peer -> peer(policy, peer));
                rule.path("ports").forEach(port -> guarded.forEach(kind -> port(policy, kind, port.path("port"))));
            }
            for (JsonNode rule : policy.at("/spec/egress")) {
                for (JsonNode to : rule.path("to")) {
                    List<Pods.Kind> reached = peer(policy, to);
                    rule.path("ports")
                            .forEach(port -> reached.stream()
                                    .filter(kind -> !kind.ports().isEmpty())
                                    .forEach(kind -> port(policy, kind, port.path("port"))));
                }
            }
        }

        private List<Pods.Kind> peer(Resource policy, JsonNode peer) {
            return peer.has("podSelector") && !peer.has("namespaceSelector")
                    ? selects(policy, peer.get("podSelector"))
                    : List.of();
        }

        private void port(Resource policy, Pods.Kind kind, JsonNode port) {
            if (!kind.hasPort(port)) {
                report(policy, "%s has no port %s", kind.owner(), port.asText());
            }
        }

        private void podMonitor(Resource monitor) {
            for (Pods.Kind kind : selects(monitor, monitor.at("/spec/selector"))) {
                monitor.at("/spec/podMetricsEndpoints").forEach(endpoint -> port(monitor, kind, endpoint.path("port")));
            }
        }

        private void ofCluster(Resource resource) {
            String cluster = resource.tree()
                    .at("/metadata/labels")
                    .path("strimzi.io/cluster")
                    .asText();
            if (manifests.find("Kafka", cluster).isEmpty()) {
                report(resource, "there is no Kafka cluster '%s'", cluster);
            }
        }

        private List<Pods.Kind> selects(Resource resource, JsonNode labelSelector) {
            Selector selector = new Selector(labelSelector);
            List<Pods.Kind> selected = pods.selected(selector);
            if (selected.isEmpty()) {
                report(resource, "selects no pod: %s", labelSelector);
            }
            for (Map.Entry<String, String> named : selector.named()) {
                if (selected.stream()
                        .noneMatch(kind -> named.getValue().equals(kind.labels().get(named.getKey())))) {
                    report(resource, "there is no pod with %s=%s", named.getKey(), named.getValue());
                }
            }
            return selected;
        }

        private void exists(Resource from, String kind, JsonNode reference) {
            String name = reference.path("name").asText();
            if (reference instanceof MissingNode || manifests.find(kind, name).isEmpty()) {
                report(from, "there is no %s '%s'", kind, name);
            }
        }

        private void report(Resource resource, String format, Object... arguments) {
            findings.add(Finding.of(resource, format, arguments));
        }
    }
}
