package com.eventuall.e2e.show;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;

/** One person at a browser of their own: no cookie, storage or connection is shared with the others. */
final class Person implements AutoCloseable {
    private static final int WIDTH = 1440;
    private static final int HEIGHT = 900;
    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;
    private static final double PATIENCE_MILLIS = 60_000;
    private static final int ATTEMPTS = 5;
    private static final int HTTP_BAD_REQUEST = 400;
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final String userId;
    private final String name;
    private final boolean moderates;
    private final ColorScheme scheme;
    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new CopyOnWriteArrayList<>();
    /** What a developer would look at when something fails: complaints of the console, answers that say no. */
    private final List<String> notes = new CopyOnWriteArrayList<>();

    Person(Browser browser, String name, boolean moderates, ColorScheme scheme) {
        this.name = name;
        this.userId = name.split(" ")[0].toLowerCase(Locale.ROOT);
        this.moderates = moderates;
        this.scheme = scheme;
        this.context = browser.newContext(new NewContextOptions()
                .setViewportSize(WIDTH, HEIGHT)
                .setColorScheme(scheme)
                .setLocale("en-GB"));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        this.page = context.newPage();
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> note(message.type(), message.text()));
        page.onRequestFailed(request -> note(request.failure(), request.method() + " " + request.url()));
        page.onResponse(answer -> {
            if (answer.status() >= HTTP_BAD_REQUEST) {
                note("" + answer.status(), answer.request().method() + " " + answer.url());
            }
        });
    }

    private void note(String kind, String what) {
        notes.add("%s %s: %s".formatted(LocalTime.now(), kind, what));
    }

    String userId() {
        return userId;
    }

    Page page() {
        return page;
    }

    /** Uncaught errors of the page so far. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    /** Opens the form, filled in. */
    void arrive(URI origin, String event) {
        String role = moderates ? "moderator" : "participant";
        page.navigate("%s/?event=%s&room=main&user=%s&role=%s".formatted(origin, event, userId, role));
        at("name").fill(name);
    }

    /** Joins, and as a person would presses again when the services ask to try again in a moment. */
    void join() {
        Locator trouble = at("join-error").filter(new Locator.FilterOptions().setHasText("Try again"));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            at("join").click();
            assertThat(at("room").or(trouble).first()).isVisible();
            if (at("room").count() > 0) {
                return;
            }
        }
        assertThat(at("room")).isVisible();
    }

    /** The part of the page with this test id. */
    Locator at(String testId) {
        return page.getByTestId(testId);
    }

    /** The part of another one. */
    Locator at(String outer, String inner) {
        return at(outer).getByTestId(inner);
    }

    /** The part with this test id that belongs to somebody. */
    Locator of(String testId, Person other) {
        return page.locator("[data-testid=\"%s\"][data-user=\"%s\"]".formatted(testId, other.userId));
    }

    /** A button in somebody's row of the queue. */
    Locator inQueue(Person other, String button) {
        return of("queue-item", other).getByTestId(button);
    }

    /** Writes a line in the chat of this part of the page. */
    void say(String part, String text) {
        at(part, "message-text").fill(text);
        at(part, "message-send").click();
    }

    /** A message in that chat. */
    Locator message(String part, String text) {
        return at(part, "message").filter(new Locator.FilterOptions().setHasText(text));
    }

    RoomAsSeen room() {
        return RoomAsSeen.on(page);
    }

    Lists lists() {
        return Lists.on(page);
    }

    /** From now on nothing reaches this person and nothing leaves, and no connection is told so; as in a tunnel. */
    void loseNetwork() {
        context.setOffline(true);
    }

    void findNetwork() {
        context.setOffline(false);
    }

    void checkAccessibility(String view) {
        Accessibility.check(page, view, scheme);
    }

    /** For a while the window is as small as a phone, and nothing sticks out of it. */
    void onAPhone(Runnable meanwhile) {
        page.setViewportSize(PHONE_WIDTH, PHONE_HEIGHT);
        Assertions.assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as("nothing sticks out")
                .isTrue();
        meanwhile.run();
        page.setViewportSize(WIDTH, HEIGHT);
    }

    /** Kept with the build. */
    void photograph(String picture) {
        page.evaluate("() => scrollTo(0, 0)");
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(picture + ".png")));
    }

    /** The same, all of the page. */
    void photographAll(String picture) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(picture + ".png"))
                .setFullPage(true));
    }

    /** After a failure: how the page looks, and what it has complained about. */
    void keepEvidence() {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve("failed-" + userId + ".txt"), notes);
            if (!page.isClosed()) {
                photographAll("failed-" + userId);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tab is closed, as by its cross; the page hears of it and can say goodbye. */
    void closeTab() {
        page.close(new Page.CloseOptions().setRunBeforeUnload(false));
    }

    @Override
    public void close() {
        context.close();
    }

    @Override
    public String toString() {
        return userId;
    }
}
