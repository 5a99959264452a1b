package com.eventuall.deploy.checks;

import com.eventuall.deploy.checks.source.ConfigKey;
import com.eventuall.deploy.checks.source.ServiceSource;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The times of a shutdown fit into each other: the kubelet kills only after the preStop pause, the time in which readiness is
 * off and sockets are sent away, and the time for requests in flight.
 */
public final class DrainCheck implements Check {
    private final List<ServiceSource> services;

    public DrainCheck(List<ServiceSource> services) {
        this.services = services.stream().filter(ServiceSource::exists).toList();
    }

    @Override
    public List<Finding> inspect(Manifests manifests) {
        List<Finding> findings = new ArrayList<>();
        for (ServiceSource service : services) {
            manifests
                    .find("Deployment", service.name())
                    .ifPresent(deployment ->
                            inspect(deployment, new Environment(manifests, deployment), service, findings));
        }
        return findings;
    }

    private static void inspect(
            Resource deployment, Environment environment, ServiceSource service, List<Finding> findings) {
        Duration delay = duration(environment, service, "quarkus.shutdown.delay");
        Duration timeout = duration(environment, service, "quarkus.shutdown.timeout");
        Duration preStop = Duration.ZERO;
        for (JsonNode container : deployment.containers()) {
            preStop = preStop.plusSeconds(
                    container.at("/lifecycle/preStop/sleep/seconds").asLong());
        }
        if (preStop.isZero()) {
            findings.add(Finding.of(deployment, "no pause before SIGTERM: gateways still send requests then"));
        }
        Duration needed = preStop.plus(delay).plus(timeout);
        Duration grace = Duration.ofSeconds(deployment
                .at("/spec/template/spec/terminationGracePeriodSeconds")
                .asLong(30));
        if (grace.compareTo(needed) <= 0) {
            findings.add(Finding.of(
                    deployment,
                    "is killed after %d s, but preStop, quarkus.shutdown.delay and quarkus.shutdown.timeout take %d s",
                    grace.toSeconds(),
                    needed.toSeconds()));
        }
        Duration spread = duration(environment, service, service.name().replace("-service", "") + ".drain.spread");
        if (!spread.isZero() && spread.compareTo(delay) >= 0) {
            findings.add(Finding.of(deployment, "the drain of %s does not end within quarkus.shutdown.delay", spread));
        }
    }

    private static Duration duration(Environment environment, ServiceSource service, String property) {
        String text = environment
                .value(ConfigKey.environmentName(property))
                .orElseGet(() -> service.properties().getOrDefault(property, "0s"));
        String iso = text.matches("[0-9]+") ? text + "s" : text;
        return Duration.parse(iso.startsWith("P") ? iso : "PT" + iso.toUpperCase(Locale.ROOT));
    }
}
