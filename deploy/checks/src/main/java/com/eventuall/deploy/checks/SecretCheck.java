package com.eventuall.deploy.checks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * ConfigMaps and Secrets that pods refer to exist and have the keys; no Secret is made for nobody; nothing that sounds like a
 * secret is in a ConfigMap.
 */
public final class SecretCheck implements Check {
    private static final Pattern SECRET_NAME = Pattern.compile("(SECRET|PASSWORD|AUTH_TOKEN|PRIVATE_KEY|JAAS)");

    @Override
    public List<Finding> inspect(Manifests manifests) {
        List<Finding> findings = new ArrayList<>();
        Values values = new Values(manifests);
        Set<String> used = new HashSet<>();
        manifests.workloads().forEach(workload -> {
            for (JsonNode container : workload.containers()) {
                container.path("envFrom").forEach(from -> {
                    refer(workload, values, from.path("configMapRef"), from.path("secretRef"), null, used, findings);
                });
                container.path("env").forEach(variable -> {
                    JsonNode from = variable.path("valueFrom");
                    String key = from.findPath("key").asText();
                    refer(
                            workload,
                            values,
                            from.path("configMapKeyRef"),
                            from.path("secretKeyRef"),
                            key,
                            used,
                            findings);
                });
            }
            volumes(workload, values, used, findings);
        });
        manifests
                .ofKind("ExternalSecret")
                .filter(secret -> !used.contains(secret.at("/spec/target/name").asText()))
                .forEach(secret -> findings.add(Finding.of(secret, "no pod uses its Secret")));
        manifests
                .ofKind("ConfigMap")
                .forEach(map -> Resource.strings(map.tree().path("data")).keySet().stream()
                        .filter(key -> SECRET_NAME
                                .matcher(key.toUpperCase(Locale.ROOT))
                                .find())
                        .forEach(key -> findings.add(Finding.of(map, "%s belongs into a Secret", key))));
        return findings;
    }

    private static void volumes(Resource workload, Values values, Set<String> used, List<Finding> findings) {
        Set<String> names = new HashSet<>();
        for (JsonNode volume : workload.at("/spec/template/spec/volumes")) {
            names.add(volume.path("name").asText());
            JsonNode secret = volume.path("secret");
            if (secret.has("secretName")) {
                String name = secret.get("secretName").asText();
                used.add(name);
                Stream.Builder<String> keys = Stream.builder();
                secret.path("items").forEach(item -> keys.add(item.path("key").asText()));
                keys.build().forEach(key -> require(workload, "Secret", name, values.secret(name), key, findings));
            }
        }
        workload.at("/spec/volumeClaimTemplates")
                .forEach(claim -> names.add(claim.at("/metadata/name").asText()));
        for (JsonNode container : workload.containers()) {
            for (JsonNode mount : container.path("volumeMounts")) {
                if (!names.contains(mount.path("name").asText())) {
                    findings.add(Finding.of(
                            workload,
                            "mounts '%s', which is no volume",
                            mount.path("name").asText()));
                }
            }
        }
    }

    private static void refer(
            Resource workload,
            Values values,
            JsonNode configMap,
            JsonNode secret,
            @Nullable String key,
            Set<String> used,
            List<Finding> findings) {
        if (configMap.has("name")) {
            String name = configMap.get("name").asText();
            require(workload, "ConfigMap", name, values.configMap(name), key, findings);
        }
        if (secret.has("name")) {
            String name = secret.get("name").asText();
            used.add(name);
            require(workload, "Secret", name, values.secret(name), key, findings);
        }
    }

    private static void require(
            Resource workload,
            String kind,
            String name,
            @Nullable Set<String> keys,
            @Nullable String key,
            List<Finding> findings) {
        if (keys == null) {
            findings.add(Finding.of(workload, "there is no %s '%s'", kind, name));
        } else if (key != null && !keys.contains(key)) {
            findings.add(Finding.of(workload, "%s '%s' has no key '%s'", kind, name, key));
        }
    }
}
