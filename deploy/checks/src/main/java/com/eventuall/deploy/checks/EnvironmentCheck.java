package com.eventuall.deploy.checks;

import com.eventuall.deploy.checks.source.ConfigKey;
import com.eventuall.deploy.checks.source.ServiceSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The environment of each service: every variable sets a property that exists and is read at run time, none is set twice, and
 * all that the service cannot start without is there.
 */
public final class EnvironmentCheck implements Check {
    /** Read by libraries, without a default that makes sense in a cluster. */
    private static final List<String> ALWAYS = List.of("kafka.bootstrap.servers", "quarkus.redis.hosts");

    private final List<ServiceSource> services;
    private final KnownKeys known = new KnownKeys();

    public EnvironmentCheck(List<ServiceSource> services) {
        this.services = services.stream().filter(ServiceSource::exists).toList();
    }

    @Override
    public List<Finding> inspect(Manifests manifests) {
        List<Finding> findings = new ArrayList<>();
        for (ServiceSource service : services) {
            manifests
                    .find("Deployment", service.name())
                    .ifPresent(deployment -> inspect(manifests, deployment, service, findings));
        }
        return findings;
    }

    private void inspect(Manifests manifests, Resource deployment, ServiceSource service, List<Finding> findings) {
        Environment environment = new Environment(manifests, deployment);
        for (Environment.Variable variable : environment.variables()) {
            if (!known.isKnown(variable.name(), service)) {
                findings.add(Finding.of(
                        deployment, "%s (%s) sets nothing that the service reads", variable.name(), variable.source()));
            }
            known.fixedAtBuild(variable.name())
                    .ifPresent(property ->
                            findings.add(Finding.of(deployment, "%s is fixed when the service is built", property)));
        }
        environment
                .ambiguous()
                .forEach((name, sources) ->
                        findings.add(Finding.of(deployment, "%s is set more than once: %s", name, sources)));
        List<String> required = new ArrayList<>(service.required());
        required.addAll(ALWAYS);
        required.stream()
                .distinct()
                .filter(property -> !environment.has(ConfigKey.environmentName(property)))
                .forEach(property -> findings.add(Finding.of(deployment, "%s is not set", property)));
        if (!environment.has("MP_JWT_VERIFY_PUBLICKEY") && !environment.has("MP_JWT_VERIFY_PUBLICKEY_LOCATION")) {
            findings.add(Finding.of(deployment, "no key to verify passes with"));
        }
    }
}
