package com.eventuall.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JavaCommandTest {
    private static final Map<String, String> SETTINGS =
            Map.of("a.b", "all", "presence-2/a.b", "second", "presence-2/only", "here", "queue-1/a.b", "other");

    @Test
    void aSettingIsForAllProcessesAndOneWithAProcessNameForThatOne() {
        assertThat(command("presence-1")).contains("-Da.b=all").doesNotContain("-Donly=here");
        assertThat(command("presence-2"))
                .contains("-Da.b=second", "-Donly=here")
                .doesNotContain("-Da.b=all");
        assertThat(command("presence-2")).noneMatch(argument -> argument.contains("/a.b"));
    }

    private static List<String> command(String replica) {
        return new JavaCommand(ServiceSpec.ALL.get(1), replica, Path.of("/root"), Path.of("/tmp"), SETTINGS).build();
    }
}
