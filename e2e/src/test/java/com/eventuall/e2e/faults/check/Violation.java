package com.eventuall.e2e.faults.check;

/**
 * A promise that a history shows broken.
 *
 * @param kind which, one word per promise
 * @param room where
 * @param text what was expected and what was there
 */
public record Violation(String kind, String room, String text) {
    @Override
    public String toString() {
        return kind + " in " + room + ": " + text;
    }
}
