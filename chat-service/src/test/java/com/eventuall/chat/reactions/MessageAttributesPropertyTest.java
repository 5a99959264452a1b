package com.eventuall.chat.reactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MessageAttributesPropertyTest {

    /** Always small enough, never a wrong count, ids only ever missing at the end, and read back as written. */
    // Working out the edge cases of lists of lists of unique ids takes a minute, and they are drawn anyway.
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void renderingIsBoundedAndTruthful(@ForAll("reactions") List<Reaction> reactions) {
        String rendered =
                MessageAttributes.parse("{\"keep\":[1,2]}").with(reactions).orElseThrow();

        assertThat(rendered.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(MessageAttributes.MAX_BYTES);
        assertThat(rendered).startsWith("{\"keep\":[1,2]");
        List<Reaction> read = MessageAttributes.parse(rendered).reactions();
        assertThat(read).hasSameSizeAs(reactions);
        for (int i = 0; i < read.size(); i++) {
            Reaction before = reactions.get(i);
            Reaction after = read.get(i);
            assertThat(after.emoji()).isEqualTo(before.emoji());
            assertThat(after.count()).isEqualTo(before.count());
            assertThat(before.userIds()).startsWith(after.userIds().toArray(String[]::new));
        }
    }

    @Provide
    Arbitrary<List<Reaction>> reactions() {
        Arbitrary<String> ids = Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .withChars("_.@-")
                .ofMinLength(1)
                .ofMaxLength(128);
        Arbitrary<Reaction> one = Combinators.combine(
                        ids.list().uniqueElements().ofMinSize(1).ofMaxSize(150),
                        Arbitraries.longs().between(0, 100_000))
                .as((users, more) -> new Reaction("x", users, users.size() + more));
        return one.list().ofMaxSize(20).map(MessageAttributesPropertyTest::withDifferentEmojis);
    }

    private static List<Reaction> withDifferentEmojis(List<Reaction> reactions) {
        List<Reaction> different = new ArrayList<>();
        for (Reaction reaction : reactions) {
            String emoji = Character.toString(0x1F600 + different.size());
            different.add(new Reaction(emoji, reaction.userIds(), reaction.count()));
        }
        return different;
    }
}
