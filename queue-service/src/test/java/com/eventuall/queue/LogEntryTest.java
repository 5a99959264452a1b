package com.eventuall.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogEntryTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
    void isReadAsItWasWrittenWithAndWithoutATrace(@Nullable String trace) {
        LogEntry read = LogEntry.decode(new LogEntry(
                        "r1", 7, List.of(new byte[] {1, 2}, new byte[] {3}), Map.of("ann", "limit"), trace)
                .encode());
        assertThat(read.origin()).isEqualTo("r1");
        assertThat(read.batch()).isEqualTo(7);
        assertThat(read.updates()).containsExactly(new byte[] {1, 2}, new byte[] {3});
        assertThat(read.causes()).containsExactly(Map.entry("ann", "limit"));
        assertThat(read.trace()).isEqualTo(trace);
    }
}
