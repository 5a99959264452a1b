package com.eventuall.deploy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.deploy.checks.source.ServiceSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every overlay passes every check. */
class OverlaysTest {
    private static final TypeCheck TYPES = new TypeCheck(Project.ROOT.resolve("deploy/checks/types/check-types.mjs"));
    static final Map<String, Check> CHECKS = Map.of(
            "types, enumerations and required fields",
            TYPES,
            "fields exist",
            new FieldCheck(),
            "references lead somewhere",
            new ReferenceCheck(),
            "secrets are complete and secret",
            new SecretCheck(),
            "pods are restricted",
            new HardeningCheck(),
            "environment fits the services",
            new EnvironmentCheck(Project.SERVICES),
            "shutdown times fit",
            new DrainCheck(Project.SERVICES),
            "routes fit the services",
            new RouteCheck(Project.SERVICES),
            "topics fit contracts and services",
            new TopicCheck(Project.SERVICES),
            "metrics exist",
            new MetricCheck(Project.K8S.resolve("metrics.txt")));

    @TestFactory
    Stream<DynamicTest> passes() {
        return Project.overlays().stream()
                .flatMap(overlay -> CHECKS.entrySet().stream()
                        .map(check -> DynamicTest.dynamicTest(overlay + ": " + check.getKey(), () -> {
                            List<Finding> findings = check.getValue().inspect(Project.render(overlay));
                            assertThat(findings).isEmpty();
                        })));
    }

    @Test
    void noServiceEscapesTheChecks() {
        assertThat(Project.SERVICES).hasSize(5).allMatch(ServiceSource::exists);
    }

    @Test
    void noKindEscapesTheTypeLayerUnnoticed() {
        Set<String> groups = Project.overlays().stream()
                .flatMap(overlay -> TYPES.unknown(Project.render(overlay)).stream())
                .map(Resource::group)
                .collect(Collectors.toSet());
        // The field layer reads these with Strimzi's own classes and with our schemas, types included.
        assertThat(groups).containsExactlyInAnyOrder("kafka.strimzi.io", "postgresql.cnpg.io");
    }
}
