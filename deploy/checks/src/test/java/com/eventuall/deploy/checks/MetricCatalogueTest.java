package com.eventuall.deploy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The catalogue was collected from running services; their sources must still have the suite's own metrics. */
class MetricCatalogueTest {
    private static final Pattern METER = Pattern.compile("\"(eventuall(?:\\.[a-z-]+)+)\"");
    private static final Pattern SUFFIX = Pattern.compile("(_seconds)?(_total|_count|_sum|_max|_bucket)?$");

    @Test
    void everyMetricOfOursIsStillInTheSources() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String module : Stream.concat(HardeningCheck.SERVICES.stream(), Stream.of("platform"))
                .toList()) {
            try (Stream<Path> files = Files.walk(Project.ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    METER.matcher(Files.readString(file))
                            .results()
                            .forEach(found -> named.add(found.group(1).replaceAll("[.-]", "_")));
                }
            }
        }
        assertThat(MetricCheck.namesIn(Project.K8S.resolve("metrics.txt")))
                .filteredOn(name -> name.startsWith("eventuall_"))
                .hasSizeGreaterThan(5)
                .allSatisfy(name -> assertThat(named)
                        .containsAnyOf(name, SUFFIX.matcher(name).replaceFirst("")));
    }
}
