package com.eventuall.chat.reactions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One emoji, after the grammar of Unicode Technical Standard 51 (ED-15a "possible emoji", which every sequence that keyboards
 * offer fits): a single character, one with a skin tone or a variation selector, a key cap, a flag, a tag sequence, or
 * several joined into one. Java knows the properties of emoji only from 21 on, so the code points come from a resource.
 */
final class EmojiGrammar {
    private static final String RESOURCE = "emoji/code-points.txt";
    private static final String PRESENTATION = "\uFE0F";
    private static final String JOINER = "\u200D";
    private static final String FLAG = "[\\x{1F1E6}-\\x{1F1FF}]{2}";
    private static final String KEY_CAP = "[0-9#*]\uFE0F\u20E3";
    private static final String SKIN_TONE = "[\\x{1F3FB}-\\x{1F3FF}]";
    private static final String TAGS = "[\\x{E0020}-\\x{E007E}]+\\x{E007F}";

    private static final List<String> CLASSES = read();
    private static final Pattern ONE_EMOJI = Pattern.compile(grammar(CLASSES.get(0)));
    private static final Pattern SHOWN_AS_TEXT =
            Pattern.compile("(?=[" + CLASSES.get(0) + "])[^" + CLASSES.get(1) + "]");

    private EmojiGrammar() {}

    static boolean isOneEmoji(String text) {
        return ONE_EMOJI.matcher(text).matches();
    }

    /**
     * The form that shows as a picture everywhere: the heart U+2764 alone shows as text, so it gets its variation selector.
     * Without this the same reaction would be there twice, sent by two keyboards.
     */
    static String canonical(String emoji) {
        return SHOWN_AS_TEXT.matcher(emoji).matches() ? emoji + PRESENTATION : emoji;
    }

    private static String grammar(String emoji) {
        String element = "(?:[" + emoji + "](?:" + SKIN_TONE + "|" + PRESENTATION + "\u20E3?|" + TAGS + ")?)";
        return KEY_CAP + "|" + FLAG + "|" + element + "(?:" + JOINER + element + ")*";
    }

    private static List<String> read() {
        try (InputStream in = EmojiGrammar.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("No resource " + RESOURCE);
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(EmojiGrammar::characterClass)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code A9 231A-231B} as the inside of a character class. */
    private static String characterClass(String ranges) {
        StringBuilder inside = new StringBuilder();
        for (String range : ranges.split(" ")) {
            String[] ends = range.split("-");
            inside.append("\\x{").append(ends[0]).append('}');
            if (ends.length == 2) {
                inside.append("-\\x{").append(ends[1]).append('}');
            }
        }
        return inside.toString();
    }
}
