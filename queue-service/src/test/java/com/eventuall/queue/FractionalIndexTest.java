package com.eventuall.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FractionalIndexTest {

    @Test
    void keysAreThoseOfTheLibraryThatBrowsersUse() throws IOException {
        String name = "golden/fractional-indexing-4.0.0.txt";
        try (InputStream in = Objects.requireNonNull(getClass().getClassLoader().getResourceAsStream(name))) {
            String[] lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n");
            assertThat(lines).hasSizeGreaterThan(2_000);
            for (String line : lines) {
                String[] keys = line.split(" ");
                String lower = keys[0].equals("-") ? null : keys[0];
                String upper = keys[1].equals("-") ? null : keys[1];
                assertThat(FractionalIndex.between(lower, upper)).as(line).isEqualTo(keys[2]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "a", "a00", "b0", "A00000000000000000000000000", "a0!", "ä0"})
    void whatIsNoKeyIsRefused(String text) {
        assertThat(FractionalIndex.isKey(text)).isFalse();
        assertThatThrownBy(() -> FractionalIndex.between(text, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void betweenEqualKeysThereIsNothing() {
        assertThatThrownBy(() -> FractionalIndex.between("a1", "a1")).isInstanceOf(IllegalArgumentException.class);
    }
}
