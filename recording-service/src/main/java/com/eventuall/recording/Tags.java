package com.eventuall.recording;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Marks on everything made at Mux ({@code passthrough}), by which it is found again and by which the sweeper knows what
 * is ours: {@code rec:ENV:RECORDING} on streams and their assets, {@code clip:ENV:RECORDING:CLIP:TRY} on clips.
 *
 * @param environment name of this installation; letters, digits and hyphens
 */
public record Tags(String environment) {

    private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9-]{1,32}");
    private static final Pattern TAG =
            Pattern.compile("(rec|clip):([A-Za-z0-9-]{1,32}):([0-9a-f-]{36})" + "(?::([0-9a-f-]{36}):(\\d{1,9}))?");

    public Tags {
        if (!ENVIRONMENT.matcher(environment).matches()) {
            throw new IllegalArgumentException("environment must match " + ENVIRONMENT.pattern());
        }
    }

    /**
     * A tag of this environment, taken apart.
     *
     * @param recordingId the recording it belongs to
     * @param clipId the clip, {@code null} for a stream or a recorded asset
     * @param attempt the clip's try, 0 otherwise
     */
    public record Owner(UUID recordingId, @Nullable UUID clipId, int attempt) {}

    public String stream(UUID recordingId) {
        return "rec:" + environment + ":" + recordingId;
    }

    public String clip(UUID recordingId, Clip clip) {
        return "clip:" + environment + ":" + recordingId + ":" + clip.id() + ":"
                + clip.attempt().number();
    }

    /** What a passthrough says, empty when it is not one of ours. */
    public Optional<Owner> read(@Nullable String passthrough) {
        if (passthrough == null) {
            return Optional.empty();
        }
        Matcher matcher = TAG.matcher(passthrough);
        if (!matcher.matches() || !matcher.group(2).equals(environment)) {
            return Optional.empty();
        }
        boolean clip = matcher.group(1).equals("clip");
        if (clip != (matcher.group(4) != null)) {
            return Optional.empty();
        }
        UUID recordingId = UUID.fromString(matcher.group(3));
        return Optional.of(
                clip
                        ? new Owner(recordingId, UUID.fromString(matcher.group(4)), Integer.parseInt(matcher.group(5)))
                        : new Owner(recordingId, null, 0));
    }
}
