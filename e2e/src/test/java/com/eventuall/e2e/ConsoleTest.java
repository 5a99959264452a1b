package com.eventuall.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console in a real browser: two people in two contexts meet in a room, and one leaves. */
@ExtendWith(SharedStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {
    private static final double PATIENCE = 15_000;
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private Chromium chromium;

    @BeforeAll
    void launch() {
        chromium = Chromium.launch();
    }

    @AfterAll
    void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void twoPeopleMeetAndOneIsSeenToLeave(Stack stack) {
        List<String> complaints = new CopyOnWriteArrayList<>();
        try (BrowserContext annsContext = context(ColorScheme.LIGHT);
                BrowserContext bosContext = context(ColorScheme.DARK)) {
            Page ann = join(stack, annsContext, "Ann Arbor", "moderator", complaints);
            Page bo = join(stack, bosContext, "Bo Berg", "participant", complaints);
            assertPeople(ann, "Ann Arbor", "Bo Berg");
            assertPeople(bo, "Ann Arbor", "Bo Berg");
            assertThat(ann.getByTestId("connection")).hasAttribute("data-state", "online");
            assertThat(names(ann)).isEqualTo(names(bo));
            ann.screenshot(new ScreenshotOptions().setPath(SCREENSHOTS.resolve("console-moderator.png")));
            bo.screenshot(new ScreenshotOptions().setPath(SCREENSHOTS.resolve("console-participant-dark.png")));

            bosContext.close();

            assertThat(person(ann, "Bo Berg", "online")).hasCount(0, patience());
            assertThat(person(ann, "Ann Arbor", "online")).hasCount(1);
            assertThat(complaints).as("errors on the pages").isEmpty();
        }
    }

    @Test
    void pageIsUsableOnAPhoneAndByKeyboard(Stack stack) {
        try (BrowserContext phone = chromium.browser()
                .newContext(new NewContextOptions().setViewportSize(375, 740).setHasTouch(true))) {
            Page page = phone.newPage();
            page.navigate(stack.origin() + "/?event=phone&room=main");
            page.getByTestId("name").focus();
            page.keyboard().type("Cy");
            page.keyboard().press("Enter");
            assertThat(page.getByTestId("connection")).hasAttribute("data-state", "online");
            assertThat(person(page, "Cy", "online")).hasCount(1, patience());
            assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .as("nothing sticks out")
                    .isTrue();
            page.screenshot(new ScreenshotOptions().setPath(SCREENSHOTS.resolve("console-phone.png")));
        }
    }

    private BrowserContext context(ColorScheme scheme) {
        return chromium.browser()
                .newContext(new NewContextOptions().setViewportSize(1280, 800).setColorScheme(scheme));
    }

    private static Page join(Stack stack, BrowserContext context, String name, String role, List<String> complaints) {
        Page page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.navigate(stack.origin().toString());
        page.getByTestId("event").fill("console-test");
        page.getByTestId("room").fill("main");
        page.getByTestId("name").fill(name);
        page.getByTestId("role-" + role).check(new Locator.CheckOptions().setForce(true));
        page.getByTestId("join").click();
        return page;
    }

    private static void assertPeople(Page page, String... names) {
        for (String name : names) {
            assertThat(person(page, name, "online")).hasCount(1, patience());
        }
    }

    private static Locator person(Page page, String name, String status) {
        return page.locator("[data-testid=participant][data-name=\"" + name + "\"][data-status=" + status + "]");
    }

    private static List<String> names(Page page) {
        return page.getByTestId("participant").all().stream()
                .map(row -> row.getAttribute("data-name"))
                .sorted()
                .toList();
    }

    private static HasCountOptions patience() {
        return new HasCountOptions().setTimeout(PATIENCE);
    }
}
