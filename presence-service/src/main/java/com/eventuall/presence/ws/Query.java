package com.eventuall.presence.ws;

import com.eventuall.presence.Joiner;
import com.eventuall.presence.Status;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for in the socket's address. What cannot be read is as if it were not there: the worst is a snapshot.
 *
 * @param snapshots {@code mode=snapshot}: whole snapshots instead of patches
 * @param gzip {@code encoding=gzip}: large snapshots as binary messages, compressed
 * @param status {@code status=away}: nobody looks at the page, so that a new socket does not show its person as back
 * @param resume {@code epoch=} and {@code version=}: where it was before
 */
record Query(boolean snapshots, boolean gzip, Status status, Joiner.@Nullable Resume resume) {
    private static final int MAX_PARAMETERS = 16;
    private static final Query NOTHING = new Query(false, false, Status.ONLINE, null);

    static Query of(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return NOTHING;
        }
        Map<String, List<String>> parameters;
        try {
            parameters = new QueryStringDecoder("?" + query, StandardCharsets.UTF_8, true, MAX_PARAMETERS).parameters();
        } catch (IllegalArgumentException malformed) {
            return NOTHING;
        }
        return new Query(
                "snapshot".equals(first(parameters, "mode")),
                "gzip".equals(first(parameters, "encoding")),
                Status.AWAY.wireName().equals(first(parameters, "status")) ? Status.AWAY : Status.ONLINE,
                resume(parameters));
    }

    private static Joiner.@Nullable Resume resume(Map<String, List<String>> parameters) {
        String epoch = first(parameters, "epoch");
        String version = first(parameters, "version");
        if (epoch == null || version == null) {
            return null;
        }
        try {
            return new Joiner.Resume(epoch, Long.parseLong(version));
        } catch (NumberFormatException notOurs) {
            return null;
        }
    }

    private static @Nullable String first(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.get(0);
    }
}
