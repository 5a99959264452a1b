package com.eventuall.deploy.checks.source;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The paths of JAX-RS resources and WebSockets. */
final class Endpoints {
    private static final List<String> VERBS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");

    private Endpoints() {}

    static List<Endpoint> of(List<ClassTree> types) {
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        for (ClassTree type : types) {
            JavaSources.annotation(type.getModifiers(), "WebSocket")
                    .flatMap(annotation -> JavaSources.element(annotation, "path"))
                    .ifPresent(path -> endpoints.add(new Endpoint(normal(path), true)));
            // An interface with @Path is a client of somebody else's API.
            if (type.getKind() == Tree.Kind.CLASS) {
                path(type).ifPresent(base -> endpoints.addAll(methods(type, base)));
            }
        }
        return List.copyOf(endpoints);
    }

    private static List<Endpoint> methods(ClassTree type, String base) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method && isHandler(method)) {
                String path = JavaSources.annotation(method.getModifiers(), "Path")
                        .flatMap(annotation -> JavaSources.element(annotation, "value"))
                        .orElse("");
                endpoints.add(new Endpoint(normal(base + "/" + path), false));
            }
        }
        return endpoints;
    }

    private static boolean isHandler(MethodTree method) {
        return VERBS.stream()
                .anyMatch(verb ->
                        JavaSources.annotation(method.getModifiers(), verb).isPresent());
    }

    private static Optional<String> path(ClassTree type) {
        return JavaSources.annotation(type.getModifiers(), "Path")
                .flatMap(annotation -> JavaSources.element(annotation, "value"));
    }

    private static String normal(String path) {
        String joined = ("/" + path).replaceAll("/{2,}", "/");
        return joined.length() > 1 && joined.endsWith("/") ? joined.substring(0, joined.length() - 1) : joined;
    }
}
