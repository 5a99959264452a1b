package com.eventuall.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Strings between which there is always room for another one, so that one item of a list can move without the others being
 * written. Same results as the JavaScript library fractional-indexing (CC0) with its default alphabet, so that browsers
 * and this service can rank in one list.
 *
 * <p>A key is an integer part, whose first letter says its length ({@code a0}, {@code b00}; {@code Z9}, {@code Y99} below
 * zero), and a fraction without trailing zeros. Keys compare by UTF-16 units.
 */
public final class FractionalIndex {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final char ZERO = '0';
    private static final char LARGEST = 'z';
    private static final String SMALLEST_INTEGER = "A" + "0".repeat(26);
    private static final Pattern FORM = Pattern.compile("[A-Za-z][0-9A-Za-z]*");

    private FractionalIndex() {}

    /** Whether a text is a key that {@link #between} accepts. */
    public static boolean isKey(String key) {
        return FORM.matcher(key).matches()
                && integerLength(key.charAt(0)) <= key.length()
                && !key.equals(SMALLEST_INTEGER)
                && !(key.length() > integerLength(key.charAt(0)) && key.charAt(key.length() - 1) == ZERO);
    }

    /**
     * A key between two others.
     *
     * @param lower null for "before everything"
     * @param upper null for "after everything"
     * @throws IllegalArgumentException unless both are keys and {@code lower < upper}
     */
    public static String between(@Nullable String lower, @Nullable String upper) {
        requireKey(lower);
        requireKey(upper);
        if (lower != null && upper != null && lower.compareTo(upper) >= 0) {
            throw new IllegalArgumentException("no key between " + lower + " and " + upper);
        }
        if (lower == null) {
            return upper == null ? "a0" : before(upper);
        }
        if (upper == null) {
            return after(lower);
        }
        String integer = integerPart(lower);
        if (integer.equals(integerPart(upper))) {
            return integer + midpoint(fraction(lower), fraction(upper));
        }
        String next = increment(integer);
        return next != null && next.compareTo(upper) < 0 ? next : integer + midpoint(fraction(lower), null);
    }

    /** So many keys in ascending order, one after the other from the beginning. */
    public static List<String> sequence(int count) {
        List<String> keys = new ArrayList<>();
        String last = null;
        for (int i = 0; i < count; i++) {
            last = between(last, null);
            keys.add(last);
        }
        return keys;
    }

    private static String before(String upper) {
        String integer = integerPart(upper);
        if (integer.equals(SMALLEST_INTEGER)) {
            return integer + midpoint("", fraction(upper));
        }
        if (integer.length() < upper.length()) {
            return integer;
        }
        String decremented = decrement(integer);
        if (decremented == null) {
            throw new IllegalArgumentException("no key before " + upper);
        }
        return decremented;
    }

    private static String after(String lower) {
        String next = increment(integerPart(lower));
        return next != null ? next : integerPart(lower) + midpoint(fraction(lower), null);
    }

    /** A fraction between two, the shorter the better; {@code upper} null is one. */
    private static String midpoint(String lower, @Nullable String upper) {
        if (upper != null) {
            int common = 0;
            while (common < upper.length() && digitOrZero(lower, common) == upper.charAt(common)) {
                common++;
            }
            if (common > 0) {
                String rest = lower.length() > common ? lower.substring(common) : "";
                return upper.substring(0, common) + midpoint(rest, upper.substring(common));
            }
        }
        int low = lower.isEmpty() ? 0 : digit(lower.charAt(0));
        int high = upper == null ? DIGITS.length() : digit(upper.charAt(0));
        if (high - low > 1) {
            return String.valueOf(DIGITS.charAt((low + high + 1) / 2));
        }
        if (upper != null && upper.length() > 1) {
            return upper.substring(0, 1);
        }
        return DIGITS.charAt(low) + midpoint(lower.isEmpty() ? "" : lower.substring(1), null);
    }

    private static @Nullable String increment(String integer) {
        char[] digits = integer.toCharArray();
        for (int i = digits.length - 1; i > 0; i--) {
            if (digits[i] != LARGEST) {
                digits[i] = DIGITS.charAt(digit(digits[i]) + 1);
                return new String(digits);
            }
            digits[i] = ZERO;
        }
        if (digits[0] == 'z') {
            return null;
        }
        char head = digits[0] == 'Z' ? 'a' : (char) (digits[0] + 1);
        return head + String.valueOf(ZERO).repeat(integerLength(head) - 1);
    }

    private static @Nullable String decrement(String integer) {
        char[] digits = integer.toCharArray();
        for (int i = digits.length - 1; i > 0; i--) {
            if (digits[i] != ZERO) {
                digits[i] = DIGITS.charAt(digit(digits[i]) - 1);
                return new String(digits);
            }
            digits[i] = LARGEST;
        }
        if (digits[0] == 'A') {
            return null;
        }
        char head = digits[0] == 'a' ? 'Z' : (char) (digits[0] - 1);
        return head + String.valueOf(LARGEST).repeat(integerLength(head) - 1);
    }

    private static int integerLength(char head) {
        return head >= 'a' ? head - 'a' + 2 : 'Z' - head + 2;
    }

    private static String integerPart(String key) {
        return key.substring(0, integerLength(key.charAt(0)));
    }

    private static String fraction(String key) {
        return key.substring(integerLength(key.charAt(0)));
    }

    private static int digit(char c) {
        return DIGITS.indexOf(c);
    }

    private static char digitOrZero(String fraction, int index) {
        return index < fraction.length() ? fraction.charAt(index) : ZERO;
    }

    private static void requireKey(@Nullable String key) {
        if (key != null && !isKey(key)) {
            throw new IllegalArgumentException("not a key: " + key);
        }
    }
}
