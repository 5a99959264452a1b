package com.eventuall.deploy.checks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What every workload has to have: a restricted pod, memory that cannot be taken away (request = limit), a pinned image, all
 * three probes on the port {@code management} for services, a disruption budget, and a policy that denies by default.
 */
public final class HardeningCheck implements Check {
    /** The five services, the names of their workloads. */
    public static final Set<String> SERVICES =
            Set.of("token-service", "presence-service", "queue-service", "recording-service", "chat-service");

    private static final Map<String, String> RESTRICTED = Map.of(
            "/securityContext/allowPrivilegeEscalation", "false",
            "/securityContext/readOnlyRootFilesystem", "true",
            "/securityContext/capabilities/drop/0", "ALL");
    private static final Map<String, String> RESTRICTED_POD = Map.of(
            "/spec/template/spec/securityContext/runAsNonRoot", "true",
            "/spec/template/spec/securityContext/seccompProfile/type", "RuntimeDefault",
            "/spec/template/spec/automountServiceAccountToken", "false",
            "/spec/template/spec/enableServiceLinks", "false");

    @Override
    public List<Finding> inspect(Manifests manifests) {
        List<Finding> findings = new ArrayList<>();
        for (String service : SERVICES) {
            if (manifests.find("Deployment", service).isEmpty()) {
                findings.add(new Finding("Deployment/" + service, "is missing"));
            }
        }
        manifests.workloads().forEach(workload -> {
            pod(workload, findings);
            workload.containers().forEach(container -> container(workload, container, findings));
            denied(manifests, workload, findings);
            if (workload.kind().equals("Deployment")) {
                deployment(manifests, workload, findings);
            }
        });
        return findings;
    }

    private static void pod(Resource workload, List<Finding> findings) {
        RESTRICTED_POD.forEach((pointer, wanted) -> {
            if (!workload.at(pointer).asText().equals(wanted)) {
                findings.add(Finding.of(workload, "%s is not %s", pointer, wanted));
            }
        });
    }

    private static void container(Resource workload, JsonNode container, List<Finding> findings) {
        RESTRICTED.forEach((pointer, wanted) -> {
            if (!container.at(pointer).asText().equals(wanted)) {
                findings.add(Finding.of(workload, "%s is not %s", pointer, wanted));
            }
        });
        JsonNode memory = container.at("/resources/limits/memory");
        if (memory.isMissingNode() || !memory.equals(container.at("/resources/requests/memory"))) {
            findings.add(Finding.of(workload, "memory request and limit are not the same"));
        }
        if (container.at("/resources/requests/cpu").isMissingNode()) {
            findings.add(Finding.of(workload, "no CPU request"));
        }
        String image = container.path("image").asText();
        boolean pinned = image.contains("@sha256:") || image.matches(".*:[^/]+") && !image.endsWith(":latest");
        if (!pinned) {
            findings.add(Finding.of(workload, "image %s has no exact version", image));
        }
    }

    private static void deployment(Manifests manifests, Resource deployment, List<Finding> findings) {
        for (JsonNode container : deployment.containers()) {
            Map<String, Integer> ports = new HashMap<>();
            container
                    .path("ports")
                    .forEach(port -> ports.put(
                            port.path("name").asText(),
                            port.path("containerPort").asInt()));
            if (!ports.containsKey("management")) {
                findings.add(Finding.of(deployment, "no port is called management"));
            }
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                if (!container.at("/" + probe + "/httpGet/port").asText().equals("management")) {
                    findings.add(Finding.of(deployment, "%s does not ask port management", probe));
                }
            }
        }
        boolean budget = manifests
                .ofKind("PodDisruptionBudget")
                .anyMatch(candidate -> new Selector(candidate.at("/spec/selector")).matches(deployment.podLabels()));
        if (!budget) {
            findings.add(Finding.of(deployment, "no PodDisruptionBudget"));
        }
    }

    private static void denied(Manifests manifests, Resource workload, List<Finding> findings) {
        boolean denied = manifests
                .ofKind("NetworkPolicy")
                .filter(policy -> policy.at("/spec/policyTypes").size() == 2
                        && policy.at("/spec/ingress").isMissingNode()
                        && policy.at("/spec/egress").isMissingNode())
                .anyMatch(policy -> new Selector(policy.at("/spec/podSelector")).matches(workload.podLabels()));
        if (!denied) {
            findings.add(Finding.of(workload, "no NetworkPolicy denies by default"));
        }
    }
}
