package com.eventuall.e2e.show;

import com.eventuall.e2e.Stack;
import com.microsoft.playwright.Page;
import java.util.List;

/** The two lists of the queue as a moderator's page shows them: userIds in order. */
record Lists(List<String> pending, List<String> live) {
    private static final String READ = """
            () => {
              const users = (list) =>
                [...document.querySelectorAll(`[data-testid="queue-${list}"] [data-testid="queue-item"]`)]
                  .map((item) => item.dataset.user);
              return { pending: users("pending"), live: users("live") };
            }
            """;

    static Lists on(Page page) {
        return Stack.JSON.convertValue(page.evaluate(READ), Lists.class);
    }
}
