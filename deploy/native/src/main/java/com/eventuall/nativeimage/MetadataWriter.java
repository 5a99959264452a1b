package com.eventuall.nativeimage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes {@code reachability-metadata.json} into the folder of its only argument. */
public final class MetadataWriter {
    private MetadataWriter() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("reachability-metadata.json"), metadata());
    }

    /** The document, its entries in alphabetical order. */
    static String metadata() {
        SortedSet<String> classes = new TreeSet<>(Family.RETROFIT_INTERFACES);
        Family.all().forEach(family -> classes.addAll(classesOf(family)));
        Stream<String> proxies = Family.RETROFIT_INTERFACES.stream()
                .sorted()
                .map(name -> "    {\"type\": {\"proxy\": [\"" + name + "\"]}}");
        Stream<String> types = classes.stream()
                .map(name -> "    {\"type\": \"" + name + "\", \"allDeclaredConstructors\": true,"
                        + " \"allDeclaredMethods\": true, \"allDeclaredFields\": true, \"unsafeAllocated\": true}");
        return Stream.concat(proxies, types)
                .collect(Collectors.joining(",\n", "{\n  \"reflection\": [\n", "\n  ]\n}\n"));
    }

    /** The names of the classes of a family, those without a name excepted. */
    static List<String> classesOf(Family family) {
        try (JarFile jar = new JarFile(jarOf(family.sample()).toFile())) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(entry -> entry.endsWith(".class") && !entry.startsWith("META-INF/"))
                    .map(entry -> entry.substring(0, entry.length() - ".class".length())
                            .replace('/', '.'))
                    .filter(name -> !name.matches(".*\\$[0-9]+"))
                    .filter(family.member())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jarOf(String className) {
        try {
            Class<?> sample = Class.forName(className, false, MetadataWriter.class.getClassLoader());
            return Path.of(
                    sample.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(className + " is gone from its jar", e);
        }
    }
}
