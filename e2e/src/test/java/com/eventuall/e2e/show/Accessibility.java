package com.eventuall.e2e.show;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** axe, as the console's own tests use it, on a page as it is laid out: colours too, in both themes. */
final class Accessibility {
    private static final Path AXE =
            Path.of(System.getProperty("project.root"), "node_modules", "axe-core", "axe.min.js");
    private static final String RUN = """
            async () => {
              const { violations } = await axe.run(document, { resultTypes: ["violations"] });
              return violations.map(({ id, impact, nodes }) =>
                `${impact} ${id}: ${nodes.map((node) => node.target.join(" ")).join(" | ")}`);
            }
            """;

    private Accessibility() {}

    /** Fails on any finding. Leaves the page in the dark theme if that is what it had. */
    static void check(Page page, String view, ColorScheme own) {
        if (!Boolean.TRUE.equals(page.evaluate("() => 'axe' in window"))) {
            page.evaluate(source());
        }
        ColorScheme other = own == ColorScheme.DARK ? ColorScheme.LIGHT : ColorScheme.DARK;
        for (ColorScheme scheme : List.of(other, own)) {
            page.emulateMedia(new EmulateMediaOptions().setColorScheme(scheme));
            assertThat((List<?>) page.evaluate(RUN))
                    .as("findings of axe in the %s view, %s", view, scheme)
                    .isEmpty();
        }
    }

    private static String source() {
        try {
            return Files.readString(AXE);
        } catch (IOException e) {
            throw new UncheckedIOException("axe-core is installed with the console", e);
        }
    }
}
