package com.eventuall.e2e.show;

import com.eventuall.e2e.Stack;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;

/**
 * What one page shows of the room, read in one go. Two pages that have heard the same show the same.
 *
 * @param version the room's version that the page has applied
 * @param people everybody in the list, userId to status
 * @param stage who is on stage, in the order shown
 * @param pinned who of them is pinned
 * @param recording whether the page says that the room is being recorded
 */
record RoomAsSeen(
        String version, Map<String, String> people, List<String> stage, List<String> pinned, boolean recording) {
    private static final String READ = """
            () => {
              const all = (id) => [...document.querySelectorAll(`[data-testid="${id}"]`)];
              const stage = all("on-stage");
              return {
                version: all("network-version")[0]?.textContent ?? "",
                people: Object.fromEntries(all("participant").map((row) => [row.dataset.user, row.dataset.status])),
                stage: stage.map((tile) => tile.dataset.user),
                pinned: stage.filter((tile) => tile.dataset.pinned === "true").map((tile) => tile.dataset.user),
                recording: all("recording-sign").length > 0,
              };
            }
            """;

    static RoomAsSeen on(Page page) {
        return Stack.JSON.convertValue(page.evaluate(READ), RoomAsSeen.class);
    }
}
