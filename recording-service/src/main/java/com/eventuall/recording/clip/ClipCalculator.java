package com.eventuall.recording.clip;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Clip = stay ∩ recording, on the assets' time lines.
 *
 * <p>Promises, whatever the input: every window lies inside its asset, the windows of one person on one asset are
 * ordered and disjoint, and together they cover all of that person's recorded time on stage save pieces shorter than
 * the minimum. Somebody on stage from before the start begins with the content, somebody still on stage at the end
 * stops with it, and a stay that reaches into a second asset gets one window per asset.
 */
public final class ClipCalculator {

    private final ClipRules rules;

    public ClipCalculator(ClipRules rules) {
        this.rules = rules;
    }

    /**
     * Windows of all persons, ordered by person, asset and start. Assets that are not ready or have no sessions are
     * left out.
     */
    public List<ClipWindow> windows(Collection<Stay> stays, Collection<RecordedAsset> assets) {
        Map<String, List<Stay>> byUser = new TreeMap<>();
        for (Stay stay : stays) {
            byUser.computeIfAbsent(stay.userId(), user -> new ArrayList<>()).add(stay);
        }
        List<RecordedAsset> ready = assets.stream()
                .filter(asset -> asset.status() == RecordedAsset.Status.READY
                        && !asset.segments().isEmpty())
                .sorted(Comparator.comparing(RecordedAsset::startsAt).thenComparing(RecordedAsset::id))
                .toList();
        List<ClipWindow> windows = new ArrayList<>();
        byUser.forEach((user, theirs) -> ready.forEach(asset -> windows.addAll(windows(user, theirs, asset))));
        return windows;
    }

    private List<ClipWindow> windows(String userId, List<Stay> stays, RecordedAsset asset) {
        List<Range> merged = union(shown(stays, asset), rules.mergeGap());
        List<Range> padded = merged.stream()
                .filter(range -> range.length().compareTo(rules.minLength()) >= 0)
                .map(range -> range.padded(rules, asset.length()))
                .toList();
        return union(padded, Duration.ZERO).stream()
                .map(range -> range.window(userId, asset))
                .filter(window -> !window.length().isZero())
                .toList();
    }

    /** What of each stay is on the time line; stays wholly outside or inside a gap are not. */
    private List<Range> shown(List<Stay> stays, RecordedAsset asset) {
        List<Range> ranges = new ArrayList<>();
        for (Stay stay : stays) {
            Duration start = asset.offsetOf(stay.enteredAt().plus(rules.offset()));
            Instant exitedAt = stay.exitedAt();
            Duration end = exitedAt == null ? asset.length() : asset.offsetOf(exitedAt.plus(rules.offset()));
            if (end.compareTo(start) > 0) {
                TreeSet<String> ids = new TreeSet<>();
                ids.add(stay.id());
                ranges.add(new Range(start, end, ids));
            }
        }
        ranges.sort(Comparator.comparing(Range::start).thenComparing(Range::end));
        return ranges;
    }

    /** Joins ranges, given in order of their starts, that overlap, touch or are less than {@code gap} apart. */
    private static List<Range> union(List<Range> ordered, Duration gap) {
        List<Range> joined = new ArrayList<>();
        for (Range range : ordered) {
            Range last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.reaches(range, gap)) {
                joined.set(joined.size() - 1, last.join(range));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }

    private record Range(Duration start, Duration end, TreeSet<String> stayIds) {

        Duration length() {
            return end.minus(start);
        }

        boolean reaches(Range next, Duration gap) {
            Duration between = next.start.minus(end);
            return between.isZero() || between.isNegative() || between.compareTo(gap) < 0;
        }

        Range join(Range next) {
            TreeSet<String> ids = new TreeSet<>(stayIds);
            ids.addAll(next.stayIds);
            return new Range(start, end.compareTo(next.end) > 0 ? end : next.end, ids);
        }

        Range padded(ClipRules rules, Duration limit) {
            Duration from = start.minus(rules.padBefore());
            Duration to = end.plus(rules.padAfter());
            return new Range(from.isNegative() ? Duration.ZERO : from, to.compareTo(limit) > 0 ? limit : to, stayIds);
        }

        /** To the millisecond, both ends downwards, so that disjoint ranges stay disjoint and the end stays inside. */
        ClipWindow window(String userId, RecordedAsset asset) {
            Duration from = Duration.ofMillis(start.toMillis());
            Duration until = Duration.ofMillis(end.toMillis());
            boolean degraded = asset.slateWithin(from, until).multipliedBy(2).compareTo(until.minus(from)) > 0;
            return new ClipWindow(userId, asset.id(), from, until, List.copyOf(stayIds), degraded);
        }
    }
}
