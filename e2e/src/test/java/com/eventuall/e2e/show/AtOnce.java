package com.eventuall.e2e.show;

import com.microsoft.playwright.Locator;

/** Several people press a button in the same moment, before either can have heard of the other's deed. */
final class AtOnce {
    private static final long NOTICE_MILLIS = 500;
    private static final String PRESS = """
            (button, at) => {
              setTimeout(() => button.click(), at - Date.now());
            }
            """;

    private AtOnce() {}

    static void press(Locator... buttons) {
        long moment = System.currentTimeMillis() + NOTICE_MILLIS;
        for (Locator button : buttons) {
            // A page has no other numbers.
            button.evaluate(PRESS, (double) moment);
        }
    }
}
