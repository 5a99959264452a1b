package com.eventuall.deploy.checks.source;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of {@code @ConfigMapping} interfaces: methods in kebab-case, nested interfaces as groups. */
final class ConfigMappings {
    private static final Pattern OPTIONAL = Pattern.compile("Optional(?:Int|Long|Double)?(?:<(.*)>)?");

    private final List<ConfigKey> keys = new ArrayList<>();

    private ConfigMappings() {}

    static List<ConfigKey> keysOf(List<ClassTree> types) {
        ConfigMappings mappings = new ConfigMappings();
        for (ClassTree type : types) {
            JavaSources.annotation(type.getModifiers(), "ConfigMapping")
                    .flatMap(annotation -> JavaSources.element(annotation, "prefix"))
                    .ifPresent(prefix -> mappings.add(type, prefix, true, Map.of()));
        }
        return List.copyOf(mappings.keys);
    }

    private void add(ClassTree type, String prefix, boolean required, Map<String, ClassTree> outer) {
        Map<String, ClassTree> groups = new LinkedHashMap<>(outer);
        for (Tree member : type.getMembers()) {
            if (member instanceof ClassTree nested) {
                groups.put(nested.getSimpleName().toString(), nested);
            }
        }
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method && method.getParameters().isEmpty() && method.getBody() == null) {
                add(method, prefix, required, groups);
            }
        }
    }

    private void add(MethodTree method, String prefix, boolean required, Map<String, ClassTree> groups) {
        String type = String.valueOf(method.getReturnType());
        Matcher optional = OPTIONAL.matcher(type);
        boolean mayBeAbsent = optional.matches();
        String inner = mayBeAbsent ? String.valueOf(optional.group(1)) : type;
        String property = prefix + "." + nameOf(method);
        ClassTree group = groups.get(inner);
        if (group != null) {
            add(group, property, required && !mayBeAbsent, groups);
        } else {
            boolean hasDefault =
                    JavaSources.annotation(method.getModifiers(), "WithDefault").isPresent();
            keys.add(new ConfigKey(property, required && !mayBeAbsent && !hasDefault));
        }
    }

    private static String nameOf(MethodTree method) {
        Optional<AnnotationTree> given = JavaSources.annotation(method.getModifiers(), "WithName");
        return given.flatMap(annotation -> JavaSources.element(annotation, "value"))
                .orElseGet(() -> method.getName()
                        .toString()
                        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                        .toLowerCase(Locale.ROOT));
    }
}
