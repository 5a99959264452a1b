package com.eventuall.deploy.checks;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the metric names out of a PromQL expression. */
final class PromQl {
    private static final Set<String> WORDS = Set.of(
            "and",
            "or",
            "unless",
            "on",
            "ignoring",
            "group_left",
            "group_right",
            "by",
            "without",
            "offset",
            "bool",
            "inf",
            "nan");
    private static final Pattern STRING = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'");
    private static final Pattern NOT_METRICS = Pattern.compile(
            // label matchers, ranges, and the label lists of modifiers
            "\\{[^}]*}|\\[[^]]*]|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.])([a-zA-Z_:][\\w:]*)(\\s*\\()?");

    private PromQl() {}

    static Set<String> metricsIn(String expression) {
        String plain =
                NOT_METRICS.matcher(STRING.matcher(expression).replaceAll("")).replaceAll(" ");
        Set<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(plain);
        while (name.find()) {
            boolean function = name.group(2) != null;
            if (!function && !WORDS.contains(name.group(1).toLowerCase(Locale.ROOT))) {
                names.add(name.group(1));
            }
        }
        return names;
    }
}
