package com.eventuall.e2e.faults;

import java.util.Locale;

/**
 * One measured number and what was promised of it.
 *
 * @param name what it is, with its unit
 * @param value measured
 * @param most promised upper bound; infinite for figures that are only told
 */
record Figure(String name, double value, double most) {
    /** For what did not come about while it was waited for. */
    static final double NEVER = 999;

    static Figure atMost(String name, double value, double most) {
        return new Figure(name, value, most);
    }

    static Figure told(String name, double value) {
        return new Figure(name, value, Double.POSITIVE_INFINITY);
    }

    boolean holds() {
        return value <= most;
    }

    @Override
    public String toString() {
        String number = value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
        String limit = most == Double.POSITIVE_INFINITY
                ? ""
                : most == Math.rint(most) ? String.format(Locale.ROOT, " (≤ %.0f)", most) : " (≤ " + most + ")";
        return number + " " + name + limit + (holds() ? "" : " BROKEN");
    }
}
