package com.eventuall.chat.reactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageAttributesTest {
    private static final String UUID_LIKE = "0f0e0d0c-0b0a-4908-8706-%012d";

    @Test
    void reactionsReplaceTheOldOnesAndOtherFieldsStay() {
        MessageAttributes attributes = MessageAttributes.parse(
                "{\"pinned\":true,\"reactions\":{\"sad\":[\"u9\"]},\"reactionCounts\":{\"sad\":7}}");

        String rendered = attributes
                .with(List.of(new Reaction("heart", List.of("u1", "u7"), 2)))
                .orElseThrow();

        assertThat(rendered).isEqualTo("{\"pinned\":true,\"reactions\":{\"heart\":[\"u1\",\"u7\"]}}");
    }

    @Test
    void noReactionsLeftIsAnEmptyObject() {
        MessageAttributes attributes = MessageAttributes.parse("{\"reactions\":{\"sad\":[\"u9\"]}}");

        assertThat(attributes.with(List.of())).contains("{\"reactions\":{}}");
    }

    @Test
    void whatDoesNotFitIsCounted() {
        List<String> ids =
                IntStream.range(0, 500).mapToObj(UUID_LIKE::formatted).toList();

        String rendered = MessageAttributes.parse("{}")
                .with(List.of(new Reaction("heart", ids, 500), new Reaction("\uD83D\uDC4D", ids.subList(0, 3), 3)))
                .orElseThrow();

        assertThat(rendered.length()).isBetween(4000, 4096);
        List<Reaction> read = MessageAttributes.parse(rendered).reactions();
        assertThat(read.get(0).count()).isEqualTo(500);
        assertThat(read.get(0).userIds())
                .hasSizeGreaterThan(90)
                .isEqualTo(ids.subList(0, read.get(0).userIds().size()));
        assertThat(read.get(1)).isEqualTo(new Reaction("\uD83D\uDC4D", ids.subList(0, 3), 3));
    }

    @Test
    void somebodyElsesFieldsMayLeaveRoomForCountsOnlyOrForNothing() {
        List<Reaction> reactions = List.of(new Reaction("heart", List.of("someone-with-quite-a-long-name-indeed"), 1));

        assertThat(MessageAttributes.parse("{\"x\":\"" + "y".repeat(4025) + "\"}")
                        .with(reactions))
                .hasValueSatisfying(json -> assertThat(json)
                        .contains("\"reactions\":{\"heart\":[]}")
                        .contains("\"reactionCounts\":{\"heart\":1}"));
        assertThat(MessageAttributes.parse("{\"x\":\"" + "y".repeat(4090) + "\"}")
                        .with(reactions))
                .isEmpty();
    }

    @Test
    void attributesThatSayTheSameNeedNoWrite() {
        MessageAttributes attributes =
                MessageAttributes.parse("{ \"reactionCounts\":{\"heart\":9}, \"reactions\": {\"heart\":[\"u1\"]}}");

        assertThat(attributes.saysTheSameAs("{\"reactions\":{\"heart\":[\"u1\"]},\"reactionCounts\":{\"heart\":9}}"))
                .isTrue();
        assertThat(attributes.saysTheSameAs("{\"reactions\":{\"heart\":[\"u2\"]},\"reactionCounts\":{\"heart\":9}}"))
                .isFalse();
    }

    @Test
    void strangeAttributesHoldNoReactions() {
        for (String strange :
                List.of("", "null", "[]", "\"x\"", "{", "{\"reactions\":7}", "{\"reactions\":{\"a\":{}}}")) {
            assertThat(MessageAttributes.parse(strange).reactions()).as(strange).isEmpty();
        }
        assertThat(MessageAttributes.parse("{\"reactions\":{\"sad\":[1,\"u\",\"u\",null]}}")
                        .reactions())
                .containsExactly(new Reaction("sad", List.of("u"), 1));
    }
}
