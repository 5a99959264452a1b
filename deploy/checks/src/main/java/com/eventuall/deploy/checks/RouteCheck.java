package com.eventuall.deploy.checks;

import com.eventuall.deploy.checks.source.Endpoint;
import com.eventuall.deploy.checks.source.ServiceSource;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The gateway's routes against the paths that the services serve: each path is matched by exactly one rule, which leads to the
 * service that serves it and, for sockets, has no time limit; no rule matches nothing.
 */
public final class RouteCheck implements Check {
    private final List<ServiceSource> services;

    public RouteCheck(List<ServiceSource> services) {
        this.services = List.copyOf(services);
    }

    @Override
    public List<Finding> inspect(Manifests manifests) {
        List<Finding> findings = new ArrayList<>();
        List<Rule> rules = manifests.ofKind("HTTPRoute").flatMap(Rule::of).toList();
        Set<Match> used = new HashSet<>();
        for (ServiceSource service : services) {
            for (Endpoint endpoint : service.endpoints()) {
                findings.addAll(inspect(service, endpoint, rules, used));
            }
        }
        for (Rule rule : rules) {
            rule.matches().stream()
                    .filter(match -> !used.contains(match) && exists(rule.backend()))
                    .forEach(match -> findings.add(Finding.of(rule.route(), "nothing is served at %s", match.value())));
        }
        return findings;
    }

    private boolean exists(String name) {
        return services.stream().anyMatch(service -> service.name().equals(name) && service.exists());
    }

    private static List<Finding> inspect(ServiceSource service, Endpoint endpoint, List<Rule> rules, Set<Match> used) {
        List<Finding> findings = new ArrayList<>();
        String where = service.name() + " " + endpoint.template();
        int matching = 0;
        for (Rule rule : rules) {
            for (Match match : rule.matches()) {
                if (match.takes(endpoint.example())) {
                    matching++;
                    used.add(match);
                    if (!rule.backend().equals(service.name())) {
                        findings.add(new Finding(where, "is routed to " + rule.backend()));
                    }
                    if (endpoint.socket() && !rule.timeout().equals("0s")) {
                        findings.add(new Finding(where, "is a socket, but its route ends it after " + rule.timeout()));
                    }
                }
            }
        }
        if (matching != 1) {
            findings.add(new Finding(where, matching + " routes match " + endpoint.example()));
        }
        return findings;
    }

    private record Match(String type, String value) {
        boolean takes(String path) {
            return switch (type) {
                case "Exact" -> path.equals(value);
                case "PathPrefix" -> (path + "/").startsWith(value + "/");
                // Not all gateways match the whole path by themselves.
                case "RegularExpression" -> Pattern.compile(value).matcher(path).find();
                default -> false;
            };
        }
    }

    private record Rule(Resource route, List<Match> matches, String backend, String timeout) {
        static Stream<Rule> of(Resource route) {
            List<Rule> rules = new ArrayList<>();
            for (JsonNode rule : route.at("/spec/rules")) {
                List<Match> matches = new ArrayList<>();
                rule.path("matches")
                        .forEach(match -> matches.add(new Match(
                                match.at("/path/type").asText(),
                                match.at("/path/value").asText())));
                rules.add(new Rule(
                        route,
                        matches,
                        rule.at("/backendRefs/0/name").asText(),
                        rule.at("/timeouts/request").asText()));
            }
            return rules.stream();
        }
    }
}
