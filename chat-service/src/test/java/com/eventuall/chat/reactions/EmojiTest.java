package com.eventuall.chat.reactions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD83D\uDC4D", // thumbs up
                "\uD83D\uDC4D\uD83C\uDFFF", // thumbs up, dark skin
                "\u2764\uFE0F", // red heart
                "\u2764\uFE0F\u200D\uD83D\uDD25", // heart on fire
                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66", // family
                "\uD83D\uDC69\uD83C\uDFFD\u200D\uD83D\uDE80", // astronaut, medium skin
                "\uD83C\uDDE9\uD83C\uDDEA", // flag of Germany
                "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74\uDB40\uDC7F", // Scotland
                "1\uFE0F\u20E3", // key cap
                "\u00A9\uFE0F", // copyright, as a picture
                "\uD83E\uDEE9", // Unicode 16
                "heart",
                "thumbs_up"
            })
    void oneEmojiIsAReaction(String text) {
        assertThat(Emoji.parse(text)).map(Emoji::key).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "1",
                "#",
                "lol",
                "heart ",
                "HEART",
                "reactions",
                "\uD83D\uDC4D\uD83D\uDC4D", // two
                "\uD83D\uDC4Da",
                " \uD83D\uDC4D",
                "\uD83C\uDDE9", // half a flag
                "\uD83D", // half a character
                "\u200D", // a joiner alone
                "\uD83D\uDC4D\u200D", // a joiner at the end
                "\u2764\uFE0E", // as text
                "\uFE0F",
                "\uD83C\uDFFF", // a skin tone alone
                "{\"a\":1}",
                "\u0000"
            })
    void anythingElseIsNot(String text) {
        assertThat(Emoji.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u2764", "\u2764\uFE0F"})
    void theSamePictureFromTwoKeyboardsIsOneReaction(String text) {
        assertThat(Emoji.parse(text)).contains(new Emoji("\u2764\uFE0F"));
    }

    @org.junit.jupiter.api.Test
    void aLongChainIsRefusedWithoutBeingMatched() {
        String chain = "\uD83D\uDC4D\u200D".repeat(100_000) + "\uD83D\uDC4D";

        assertThat(Emoji.parse(chain)).isEmpty();
    }
}
