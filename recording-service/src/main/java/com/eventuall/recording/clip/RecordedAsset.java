package com.eventuall.recording.clip;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Mux recorded of one broadcast. Its time line is the sessions one after another: the gaps between them are cut
 * out, slate counts as time.
 *
 * @param id Mux id
 * @param status how far Mux is
 * @param playbackId public playback id
 * @param duration the vendor's figure
 * @param segments its sessions, ordered by start
 * @param error Mux's error type when it failed
 */
public record RecordedAsset(
        String id,
        Status status,
        @Nullable String playbackId,
        Duration duration,
        List<Segment> segments,
        @Nullable String error) {

    /** Mux's states, as far as they matter here. */
    public enum Status {
        /** Live, or still being worked on. */
        PENDING,
        /** Finished: no longer live, with sessions. */
        READY,
        /** Never will be. */
        ERRORED,
        /** Not there any more. */
        ABSENT
    }

    public RecordedAsset {
        segments = segments.stream()
                .sorted(Comparator.comparing(Segment::startedAt))
                .toList();
    }

    /** Whether nothing about it will change. */
    public boolean settled() {
        return status != Status.PENDING;
    }

    /** Length of the time line that can be clipped: the sessions, never more than the vendor's duration. */
    public Duration length() {
        Duration sum = segments.stream().map(Segment::length).reduce(Duration.ZERO, Duration::plus);
        return duration.isZero() || sum.compareTo(duration) < 0 ? sum : duration;
    }

    /** Wall clock of the first frame; callers have checked that there are segments. */
    public Instant startsAt() {
        return segments.get(0).startedAt();
    }

    /** Wall clock after the last frame; callers have checked that there are segments. */
    public Instant endsAt() {
        return segments.get(segments.size() - 1).endsAt();
    }

    /**
     * Where a moment lies on the time line. A moment before a session or in a gap is the next session's start, one after
     * the end is the end: so this never decreases with time, and an interval inside a gap becomes empty.
     */
    public Duration offsetOf(Instant moment) {
        Duration before = Duration.ZERO;
        for (Segment segment : segments) {
            if (moment.isBefore(segment.startedAt())) {
                break;
            }
            if (moment.isBefore(segment.endsAt())) {
                before = before.plus(Duration.between(segment.startedAt(), moment));
                break;
            }
            before = before.plus(segment.length());
        }
        Duration end = length();
        return before.compareTo(end) > 0 ? end : before;
    }

    /** How much of a range of the time line is slate. */
    Duration slateWithin(Duration from, Duration to) {
        Duration slate = Duration.ZERO;
        Duration at = Duration.ZERO;
        for (Segment segment : segments) {
            Duration next = at.plus(segment.length());
            if (segment.slate()) {
                Duration start = at.compareTo(from) > 0 ? at : from;
                Duration end = next.compareTo(to) < 0 ? next : to;
                slate = end.compareTo(start) > 0 ? slate.plus(end).minus(start) : slate;
            }
            at = next;
        }
        return slate;
    }
}
