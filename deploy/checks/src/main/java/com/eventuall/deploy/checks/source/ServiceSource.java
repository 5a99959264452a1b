package com.eventuall.deploy.checks.source;

import com.sun.source.tree.ClassTree;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a service's sources say of it, those of the platform that it shares included.
 *
 * @param properties its configuration files for production
 * @param keys what its configuration interfaces read
 * @param endpoints its paths
 */
public record ServiceSource(
        String name, Map<String, String> properties, List<ConfigKey> keys, List<Endpoint> endpoints) {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^:}]+)}");
    private static final Pattern INCOMING = Pattern.compile("mp\\.messaging\\.incoming\\.[^.]+\\.topic");

    /** Reads the service in that folder of the project. */
    public static ServiceSource read(Path project, String name) {
        Map<String, String> properties = new TreeMap<>();
        properties.putAll(load(project.resolve("platform/src/main/resources/META-INF/microprofile-config.properties")));
        properties.putAll(load(project.resolve(name + "/src/main/resources/application.properties")));
        List<ClassTree> own = JavaSources.typesIn(project.resolve(name + "/src/main/java"));
        List<ClassTree> all = new ArrayList<>(own);
        all.addAll(JavaSources.typesIn(project.resolve("platform/src/main/java")));
        return new ServiceSource(name, properties, ConfigMappings.keysOf(all), Endpoints.of(own));
    }

    /** Whether there is a service at all: one without any path is still to be written. */
    public boolean exists() {
        return !endpoints.isEmpty();
    }

    /** Names of properties without which it does not start, and for which its files have no value. */
    public Set<String> required() {
        Set<String> required = keys.stream()
                .filter(ConfigKey::required)
                .map(ConfigKey::property)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String value : properties.values()) {
            Matcher expression = EXPRESSION.matcher(value);
            while (expression.find()) {
                required.add(expression.group(1));
            }
        }
        required.removeAll(properties.keySet());
        // Quarkus' own.
        required.removeIf(property -> property.equals("quarkus.uuid"));
        return required;
    }

    /** The topics that it consumes. */
    public Set<String> consumedTopics() {
        return properties.entrySet().stream()
                .filter(property -> INCOMING.matcher(property.getKey()).matches())
                .flatMap(property -> Arrays.stream(property.getValue().split(",")))
                .map(String::strip)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> load(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().stream()
                .filter(property -> !property.startsWith("%"))
                .forEach(property -> values.put(property, properties.getProperty(property)));
        properties.stringPropertyNames().stream()
                .filter(property -> property.startsWith("%prod."))
                .forEach(property -> values.put(property.substring(6), properties.getProperty(property)));
        return values;
    }
}
