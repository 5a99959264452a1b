package com.eventuall.e2e.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An event loop that Vert.x found standing still, with what it was doing then.
 *
 * @param millis for how long by then
 * @param frames of its stack, innermost first, as {@code class.method}
 */
record BlockedLoop(long millis, List<String> frames) {
    private static final Pattern TOLD = Pattern.compile("eventloop.*has been blocked for (\\d+) ms");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Innermost methods of a thread that waits for another, for time to pass, or for an answer. */
    private static final Set<String> WAITING = Set.of(
            "jdk.internal.misc.Unsafe.park",
            "java.lang.Object.wait",
            "java.lang.Object.wait0",
            "java.lang.Thread.sleep",
            "java.lang.Thread.sleep0",
            "sun.nio.ch.Net.poll",
            "sun.nio.ch.Net.connect0",
            "sun.nio.ch.SocketDispatcher.read0",
            "java.net.Inet4AddressImpl.lookupAllHostAddr",
            "java.net.Inet6AddressImpl.lookupAllHostAddr");

    /** From a line of a service's log, if it tells of one. The loop's own look for work counts as none of {@link #WAITING}. */
    static Stream<BlockedLoop> of(String line) {
        if (!line.contains("has been blocked for")) {
            return Stream.empty();
        }
        JsonNode record = read(line);
        Matcher told = TOLD.matcher(record.path("message").asText());
        if (!told.find()) {
            return Stream.empty();
        }
        List<String> frames = StreamSupport.stream(
                        record.path("exception").path("frames").spliterator(), false)
                .map(frame -> frame.path("class").asText() + "."
                        + frame.path("method").asText())
                .toList();
        return Stream.of(new BlockedLoop(Long.parseLong(told.group(1)), frames));
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no line of a service's log: " + line, e);
        }
    }

    /** Whether it waited. If not, it computed, or had no core. Unknown counts as waiting. */
    boolean waits() {
        return frames.isEmpty() || WAITING.contains(frames.get(0));
    }
}
