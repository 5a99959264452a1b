package com.eventuall.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void whatIsNotGivenHasItsUsualValue() {
        Options options = parse();
        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.replicas()).isEmpty();
        assertThat(options.data()).isNull();
    }

    @Test
    void allOptionsAreUnderstood() {
        Options options = parse(
                "--port",
                "0",
                "--replicas",
                "presence=2,queue=3",
                "--data",
                "d",
                "--set",
                "presence.grace=1s",
                "--set",
                "a=b=c");
        assertThat(options.port()).isZero();
        assertThat(options.replicas()).isEqualTo(Map.of("presence", 2, "queue", 3));
        assertThat(options.data()).isEqualTo(Path.of("d").toAbsolutePath());
        assertThat(options.settings()).isEqualTo(Map.of("presence.grace", "1s", "a", "b=c"));
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
        for (List<String> wrong : List.of(
                List.of("--prot", "1"),
                List.of("--port"),
                List.of("--port", "x"),
                List.of("--port", "70000"),
                List.of("--replicas", "presense=2"),
                List.of("--replicas", "presence"),
                List.of("--set", "novalue"))) {
            assertThatThrownBy(() -> Options.parse(wrong, Path.of(".")))
                    .as(wrong.toString())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), Path.of("."));
    }
}
