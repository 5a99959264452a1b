package com.eventuall.e2e.show;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.e2e.Chromium;
import com.eventuall.e2e.SharedStack;
import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The page as it is with credentials of the vendors: it loads their packages, and only then. The page is only told so;
 * no vendor is there, and it has to say that too. Nothing may leave this machine.
 */
@ExtendWith(SharedStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealVendorsTest {
    private static final double PATIENCE = 60_000;
    private static final List<String> VENDORS = List.of("livekit", "twilio", "mux");

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
    void packagesLoadWhenTheyAreWanted(Stack stack) {
        with(new Person(chromium.browser(), "Ann Lee", true, ColorScheme.LIGHT), ann -> {
            List<String> scripts = scripts(ann.page());
            ann.page().route("**/dev/info", route -> withoutSandboxes(stack, route));
            ann.page().route(url -> !url.startsWith(stack.origin().toString()), Route::abort);
            ann.arrive(stack.origin(), "real-" + System.currentTimeMillis());
            ann.join();
            assertThat(ann.at("vendor").and(ann.page().locator("[data-real=true]")))
                    .hasCount(VENDORS.size());
            // The package runs, and finds nobody who speaks LiveKit at that address. It is said between two attempts.
            ann.page()
                    .waitForFunction(
                            "() => document.querySelector('[data-testid=video][data-status=waiting]')",
                            null,
                            new Page.WaitForFunctionOptions().setTimeout(PATIENCE));
            assertThat(vendors(scripts)).singleElement().asString().contains("vendor-livekit");

            ann.at("chat-enter").click();
            ann.page()
                    .waitForCondition(
                            () -> scripts.stream().anyMatch(script -> script.contains("vendor-twilio")),
                            new Page.WaitForConditionOptions().setTimeout(PATIENCE));
            assertThat(ann.at("conversation")).hasAttribute("data-live", "false");

            ann.page().evaluate("(player) => import(player)", "/" + player());
            assertThat(ann.page().evaluate("() => customElements.get('mux-player') !== undefined"))
                    .isEqualTo(true);
            assertThat(ann.errors()).isEmpty();
        });
    }

    @Test
    void withoutCredentialsNoneIsLoadedAndThePageSaysSo(Stack stack) {
        with(new Person(chromium.browser(), "Ben Okoro", false, ColorScheme.LIGHT), ben -> {
            List<String> scripts = scripts(ben.page());
            ben.arrive(stack.origin(), "stand-in-" + System.currentTimeMillis());
            ben.join();
            ben.at("chat-enter").click();
            assertThat(ben.at("conversation")).hasAttribute("data-live", "true");
            assertThat(ben.at("video-stand-in")).containsText("LiveKit is a local stand-in");
            assertThat(ben.at("chat-stand-in")).containsText("stand-in of Twilio");
            assertThat(ben.at("vendor").and(ben.page().locator("[data-real=false]")))
                    .hasCount(VENDORS.size());
            assertThat(scripts).isNotEmpty();
            assertThat(vendors(scripts)).isEmpty();
        });
    }

    private static void with(Person person, Consumer<Person> story) {
        try (person) {
            try {
                story.accept(person);
            } catch (RuntimeException | AssertionError failure) {
                person.keepEvidence();
                throw failure;
            }
        }
    }

    private static List<String> scripts(Page page) {
        List<String> scripts = new CopyOnWriteArrayList<>();
        page.onRequest(request -> {
            if (isScript(request)) {
                scripts.add(request.url());
            }
        });
        return scripts;
    }

    private static List<String> vendors(List<String> scripts) {
        return scripts.stream().filter(script -> script.contains("/vendor-")).toList();
    }

    /** The built file that holds Mux's player. */
    private static String player() {
        Path manifest = Path.of(System.getProperty("project.root"), "deploy/local/console/dist/.vite/manifest.json");
        try {
            return Stack.JSON
                    .readTree(manifest.toFile())
                    .at("/src~1recording~1Player.tsx/file")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isScript(Request request) {
        return request.resourceType().equals("script");
    }

    private static void withoutSandboxes(Stack stack, Route route) {
        ObjectNode info = stack.info().deepCopy();
        VENDORS.forEach(vendor -> info.putObject(vendor).put("sandbox", false));
        route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(info.toString()));
    }
}
