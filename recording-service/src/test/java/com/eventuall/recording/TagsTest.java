package com.eventuall.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {
    private static final UUID ID = UUID.fromString("01a20694-4855-78ac-b102-79127d6edb2b");

    private final Tags tags = new Tags("prod");

    @Test
    void aTagNamesItsRecording() {
        assertThat(tags.stream(ID)).isEqualTo("rec:prod:01a20694-4855-78ac-b102-79127d6edb2b");
        assertThat(tags.read(tags.stream(ID))).contains(new Tags.Owner(ID, null, 0));
        assertThat(tags.read("clip:prod:" + ID + ":" + ID + ":3")).contains(new Tags.Owner(ID, ID, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rec:stage:01a20694-4855-78ac-b102-79127d6edb2b",
                "rec:prod:someone-elses",
                "clip:prod:01a20694-4855-78ac-b102-79127d6edb2b",
                "rec:prod:01a20694-4855-78ac-b102-79127d6edb2b:01a20694-4855-78ac-b102-79127d6edb2b:1",
                "a rec:prod:01a20694-4855-78ac-b102-79127d6edb2b"
            })
    void whatIsNotOursIsNotRead(String passthrough) {
        assertThat(tags.read(passthrough)).isEmpty();
    }

    @Test
    void anEnvironmentThatWouldBreakTagsIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Tags("a:b"));
    }
}
