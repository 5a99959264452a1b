package com.eventuall.e2e.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every library that a built service holds stands in docs/licences.md with its licence. */
class LicencesTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Pattern ROW =
            Pattern.compile("^\\| ([^:|]+):(\\S+) \\| (\\S+) \\| (.+) \\|$", Pattern.MULTILINE);

    @ParameterizedTest
    @ValueSource(strings = {"token-service", "presence-service", "queue-service", "recording-service", "chat-service"})
    void areListed(String service) throws IOException {
        Set<String> listed = ROW.matcher(Files.readString(ROOT.resolve("docs/licences.md")))
                .results()
                .filter(row -> !row.group(4).equals("not stated"))
                .map(row -> row.group(1) + "." + row.group(2) + "-" + row.group(3))
                .collect(Collectors.toSet());
        try (Stream<Path> jars = Files.walk(ROOT.resolve(service).resolve("target/quarkus-app/lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString())
                            .filter(name -> name.endsWith(".jar") && !name.startsWith("com.eventuall.")))
                    .hasSizeGreaterThan(50)
                    .allSatisfy(name -> assertThat(listed)
                            // A classifier, as in netty's libraries of one system, is not part of the name in the list.
                            .anyMatch(library -> name.equals(library + ".jar") || name.startsWith(library + "-")));
        }
    }
}
