package com.eventuall.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scan of the run must find what is planted. */
@Tag("security")
class SecretScannerTest {
    @TempDir
    Path directory;

    private final SecretScanner scanner = new SecretScanner(Map.of("key", "s3cr3t-value"), true);

    @Test
    void knownSecretIsFoundAcrossTheBorderOfTwoChunks() throws IOException {
        Files.writeString(directory.resolve("a.log"), "x".repeat((1 << 20) - 5) + "s3cr3t-value");
        scanner.directory(directory);
        assertThat(scanner.found()).singleElement().asString().startsWith("key in ");
        assertThat(scanner.bytes()).isGreaterThan(1 << 20);
    }

    @Test
    void formsAreFound() {
        scanner.text("a", "Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1MSJ9.c2lnbmF0dXJl!");
        scanner.text("b", "rtmps://global-live.mux.com:443/app/5bd28537-7491");
        assertThat(scanner.found()).hasSize(2);
    }

    @Test
    void whatIsCleanIsClean() {
        scanner.text("a", "{\"message\":\"Bearer [token]\",\"url\":\"rtmps://x/app/[secret]\"}");
        assertThat(scanner.found()).isEmpty();
    }
}
