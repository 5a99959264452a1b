package com.eventuall.deploy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts are valid, fire when they should (promtool), and have a test and a section in the runbook each. */
class AlertsTest {
    private static final Path TESTS = Project.K8S.resolve("components/monitoring/tests/alerts.test.yaml");
    private static final Tool PROMTOOL = new Tool("promtool");

    @TempDir
    Path folder;

    @Test
    void promtoolFindsNoFault() throws IOException {
        Project.require(PROMTOOL);
        assertThat(check(rules())).isZero();
    }

    @Test
    void promtoolWouldFindOne() throws IOException {
        Project.require(PROMTOOL);
        JsonNode rules = rules();
        ((ObjectNode) rules.at("/groups/0/rules/0")).put("expr", "sum by (service (up)");
        assertThat(check(rules)).isNotZero();
    }

    @Test
    void alertsFireWhenTheyShould() throws IOException {
        Project.require(PROMTOOL);
        assertThat(runTests(rules())).isZero();
    }

    @Test
    void aWrongThresholdMakesTheTestsFail() throws IOException {
        Project.require(PROMTOOL);
        JsonNode rules = rules();
        ObjectNode stalled = (ObjectNode) rules.at("/groups/1/rules/0");
        assertThat(stalled.get("alert").asText()).isEqualTo("OutboxStalled");
        stalled.put("expr", stalled.get("expr").asText().replace("> 30", "> 3000"));
        assertThat(runTests(rules)).isNotZero();
    }

    @Test
    void everyAlertHasATestAndASectionInTheRunbook() throws IOException {
        List<String> alerts = rules().findValuesAsText("alert");
        String tests = Files.readString(TESTS);
        List<String> headings = Files.readAllLines(Project.ROOT.resolve("docs/runbooks.md")).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
        assertThat(alerts).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        assertThat(alerts).allSatisfy(alert -> assertThat(tests).contains("alertname: " + alert + "\n"));
        assertThat(headings).containsAll(alerts);
        assertThat(rules().findValuesAsText("runbook_url"))
                .containsExactlyElementsOf(alerts.stream()
                        .map(alert -> "docs/runbooks.md#" + alert.toLowerCase(Locale.ROOT))
                        .toList());
    }

    private int check(JsonNode rules) throws IOException {
        return PROMTOOL.run("", "check", "rules", write(rules).toString()).status();
    }

    private int runTests(JsonNode rules) throws IOException {
        write(rules);
        Path tests = Files.copy(TESTS, folder.resolve("alerts.test.yaml"));
        return PROMTOOL.run("", "test", "rules", tests.toString()).status();
    }

    private Path write(JsonNode rules) throws IOException {
        // JSON is YAML.
        return Files.writeString(folder.resolve("rules.yaml"), new ObjectMapper().writeValueAsString(rules));
    }

    private static JsonNode rules() throws IOException {
        JsonNode resource =
                new YAMLMapper().readTree(Files.readString(Project.K8S.resolve("components/monitoring/alerts.yaml")));
        ObjectNode groups = new ObjectMapper().createObjectNode();
        groups.set("groups", resource.at("/spec/groups"));
        return groups;
    }
}
