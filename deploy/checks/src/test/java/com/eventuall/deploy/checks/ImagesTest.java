package com.eventuall.deploy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The images fit the pods: the same numeric user and ports, and bases of an exact version. */
class ImagesTest {
    private static final Pattern BASE = Pattern.compile("^ARG (?:JDK|JRE|BUILDER|RUNTIME)=(\\S+)$", Pattern.MULTILINE);
    private static final Pattern LAST_USER = Pattern.compile("^USER (\\d+):(\\d+)$", Pattern.MULTILINE);

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void fits(String name) throws IOException {
        String file = Files.readString(Project.ROOT.resolve("deploy/images").resolve(name));
        Resource pod = Project.render("production")
                .find("Deployment", "presence-service")
                .orElseThrow();
        Matcher user = LAST_USER.matcher(file);
        assertThat(user.find()).isTrue();
        assertThat(user.group(1))
                .isEqualTo(
                        pod.at("/spec/template/spec/securityContext/runAsUser").asText());
        assertThat(user.group(2))
                .isEqualTo(
                        pod.at("/spec/template/spec/securityContext/runAsGroup").asText());
        for (var port : pod.at("/spec/template/spec/containers/0/ports")) {
            assertThat(file)
                    .containsPattern(
                            "(?m)^EXPOSE .*\\b" + port.path("containerPort").asText());
        }
        assertThat(BASE.matcher(file).results().map(base -> base.group(1)))
                .hasSize(2)
                .allMatch(base -> base.matches("\\S+:[\\w.-]*\\d[\\w.-]*|\\S+@sha256:[0-9a-f]{64}"));
    }
}
