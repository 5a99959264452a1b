package com.eventuall.e2e.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks for known secrets, and for anything with the form of a token or of a stream key, in text and files. */
final class SecretScanner {
    private static final int CHUNK = 1 << 20;
    /** Longer than any secret: chunks overlap by so much. */
    private static final int OVERLAP = 16 * 1024;

    private static final Pattern STREAM_ADDRESS = Pattern.compile("rtmps?://[^\\s\"']+/app/[A-Za-z0-9-]{8,}");
    /** Sparse files of the broker that hold numbers only. */
    private static final Pattern NO_TEXT = Pattern.compile(".*\\.(index|timeindex|txnindex)");

    private final Map<String, String> secrets;
    private final boolean forms;
    private final List<String> found = new ArrayList<>();
    private long bytes;

    /**
     * @param secrets by name
     * @param forms whether to look for forms besides
     */
    SecretScanner(Map<String, String> secrets, boolean forms) {
        this.secrets = new TreeMap<>(secrets);
        this.forms = forms;
    }

    /** What was found: where, and the secret's name. */
    List<String> found() {
        return found;
    }

    /** How much was looked at. */
    long bytes() {
        return bytes;
    }

    void text(String where, String text) {
        bytes += text.length();
        look(where, text);
    }

    private void look(String where, String text) {
        secrets.forEach((name, value) -> {
            if (text.contains(value)) {
                found.add(name + " in " + where);
            }
        });
        if (forms) {
            look(where, "a token", Checks.TOKEN.matcher(text));
            look(where, "a stream key", STREAM_ADDRESS.matcher(text));
        }
    }

    private void look(String where, String what, Matcher matcher) {
        if (matcher.find()) {
            found.add(what + " in " + where + ": " + matcher.group().substring(0, 12) + "…");
        }
    }

    /** Every file below a directory. Files that vanish meanwhile are left out. */
    void directory(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !NO_TEXT.matcher(file.toString()).matches())
                    .forEach(this::file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void file(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String rest = "";
            for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
                bytes += chunk.length;
                String text = rest + new String(chunk, StandardCharsets.ISO_8859_1);
                look(file.toString(), text);
                rest = text.substring(Math.max(0, text.length() - OVERLAP));
            }
        } catch (IOException e) {
            if (Files.exists(file)) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
