package com.eventuall.recording;

import com.eventuall.recording.Observation.ClipCreated;
import com.eventuall.recording.Observation.ClipDeleted;
import com.eventuall.recording.Observation.ClipSeen;
import com.eventuall.recording.Observation.ClipsFound;
import com.eventuall.recording.Observation.Failed;
import com.eventuall.recording.Observation.StaysLoaded;
import com.eventuall.recording.clip.ClipCalculator;
import com.eventuall.recording.clip.ClipWindow;
import com.eventuall.recording.clip.RecordedAsset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Planning clips and working on them one call at a time; also after the recording is over, for retries and late stays. */
final class ClipPhase {

    /** How far a clip's length may differ from what was asked for. */
    private static final Duration TOLERANCE = Duration.ofMillis(500);

    private static final Duration POLL = Duration.ofSeconds(1);

    private static final String TIMEOUT = "timeout";

    private final ClipCalculator calculator;
    private final Supplier<UUID> ids;

    ClipPhase(ClipCalculator calculator, Supplier<UUID> ids) {
        this.calculator = calculator;
        this.ids = ids;
    }

    Transition clipping(Turn turn, Observation observation) {
        absorb(turn, observation);
        return work(turn).orElseGet(() -> {
            Cause cause = turn.progress().cause();
            return cause != null && cause.reason().fatal()
                    ? turn.finish(RecordingState.FAILED, Fact.Kind.FAILED)
                    : turn.finish(RecordingState.READY, Fact.Kind.READY);
        });
    }

    /** In READY and FAILED: only what a retry or a late stay brought up. */
    Transition afterwards(Turn turn, Observation observation) {
        boolean content =
                turn.recording().assets().stream().anyMatch(asset -> asset.status() == RecordedAsset.Status.READY);
        if (!content) {
            return turn.never();
        }
        absorb(turn, observation);
        return work(turn).orElseGet(turn::never);
    }

    /** The next thing to do about the clips, empty when nothing is left. */
    private Optional<Transition> work(Turn turn) {
        Recording recording = turn.recording();
        Optional<Clip> due = recording.clips().stream()
                .filter(ClipPhase::busy)
                .filter(clip -> !clip.attempt().dueAt().isAfter(turn.now()))
                .min(Comparator.comparing((Clip clip) -> clip.attempt().dueAt()).thenComparing(Clip::id));
        if (due.isPresent()) {
            return Optional.of(turn.call(next(turn, due.get())));
        }
        boolean creating = recording.clips().stream().anyMatch(clip -> clip.state() == Clip.State.CREATING);
        if (recording.inputs().replanDue() && !creating) {
            return Optional.of(plan(turn));
        }
        return recording.clips().stream()
                .filter(ClipPhase::busy)
                .map(clip -> clip.attempt().dueAt())
                .min(Comparator.naturalOrder())
                .map(turn::sleepUntil);
    }

    private static boolean busy(Clip clip) {
        boolean toDelete =
                clip.state() == Clip.State.WITHDRAWN && clip.attempt().assetId() != null;
        return toDelete || !clip.state().terminal();
    }

    private static Transition plan(Turn turn) {
        Instant endedAt = turn.progress().times().endedAt();
        Instant settledAt = (endedAt == null ? turn.progress().since() : endedAt)
                .plus(turn.rules().assets().stayGrace());
        if (turn.now().isBefore(settledAt)) {
            return turn.sleepUntil(settledAt);
        }
        List<RecordedAsset> ready = turn.recording().assets().stream()
                .filter(asset -> !asset.segments().isEmpty())
                .toList();
        Instant from = ready.stream()
                .map(RecordedAsset::startsAt)
                .min(Comparator.naturalOrder())
                .orElse(turn.now());
        Instant to = ready.stream()
                .map(RecordedAsset::endsAt)
                .max(Comparator.naturalOrder())
                .orElse(turn.now());
        // Wider than the content, for the clip offset.
        return turn.call(new Call.LoadStays(turn.recording().spec().room(), from.minusSeconds(60), to.plusSeconds(60)));
    }

    /** What to do about one clip; for a new one this stores the intent. */
    private static Call next(Turn turn, Clip clip) {
        UUID recordingId = turn.recording().id();
        String tag = turn.rules().tags().clip(recordingId, clip);
        String assetId = clip.attempt().assetId();
        if (assetId != null) {
            boolean useless = clip.state() == Clip.State.WITHDRAWN || clip.reason() != null;
            return useless
                    ? new Call.DeleteClip(clip.id(), assetId, clip.reason())
                    : new Call.ReadClip(clip.id(), assetId);
        }
        Instant intentAt = clip.attempt().intentAt();
        if (clip.state() == Clip.State.CREATING && intentAt != null) {
            return new Call.FindClips(clip.id(), tag, intentAt.minus(StartPhase.CLOCK_SKEW));
        }
        Instant settledAt = turn.now().plus(turn.rules().vendor().unsettled());
        turn.set(
                turn.recording().withClip(clip.id(), c -> c.creating(turn.now()).lookAgainAt(settledAt)));
        return new Call.CreateClip(clip.id(), tag, clip.window());
    }

    private void absorb(Turn turn, Observation observation) {
        if (observation instanceof StaysLoaded loaded) {
            List<ClipWindow> windows =
                    calculator.windows(loaded.stays(), turn.recording().assets());
            turn.set(turn.recording()
                    .withClips(reconcile(turn, windows))
                    .with(turn.recording().inputs().planned()));
        } else if (observation instanceof ClipCreated created) {
            made(turn, created.clipId(), created.asset());
        } else if (observation instanceof ClipsFound found) {
            found.assets().stream()
                    .min(Comparator.comparing(AssetView::createdAt)
                            .thenComparing(view -> view.asset().id()))
                    .ifPresentOrElse(
                            oldest -> made(turn, found.clipId(), oldest),
                            () -> missed(turn, found.clipId(), "not-made", null));
        } else if (observation instanceof ClipSeen seen) {
            seen(turn, seen);
        } else if (observation instanceof ClipDeleted deleted) {
            deleted(turn, deleted);
        } else if (observation instanceof Failed failed) {
            failed(turn, failed);
        }
    }

    /** Keeps clips that are still right, withdraws the others, adds the missing ones. */
    private List<Clip> reconcile(Turn turn, List<ClipWindow> windows) {
        List<Clip> next = new ArrayList<>();
        List<ClipWindow> missing = new ArrayList<>(windows);
        for (Clip clip : turn.recording().clips()) {
            if (clip.state() == Clip.State.WITHDRAWN) {
                next.add(clip);
                continue;
            }
            Optional<ClipWindow> wanted = missing.stream()
                    .filter(window -> window.sameCut(clip.window()))
                    .findFirst();
            wanted.ifPresent(missing::remove);
            next.add(wanted.map(clip::showing).orElseGet(() -> clip.withdrawn(turn.now())));
        }
        missing.forEach(window -> next.add(Clip.planned(ids.get(), window, turn.now())));
        return next;
    }

    private static void made(Turn turn, UUID clipId, AssetView view) {
        Instant at = turn.now().plus(turn.around(POLL));
        turn.set(turn.recording()
                .withClip(clipId, clip -> clip.processing(view.asset().id(), at)));
    }

    private static void seen(Turn turn, ClipSeen seen) {
        RecordedAsset asset = seen.asset().asset();
        Clip clip = clip(turn, seen.clipId());
        switch (asset.status()) {
            case READY -> {
                boolean asAsked = asset.duration().isZero()
                        || asset.duration().minus(clip.window().length()).abs().compareTo(TOLERANCE) <= 0;
                if (asAsked) {
                    turn.set(turn.recording().withClip(clip.id(), c -> c.ready(asset.playbackId())));
                    turn.fact(Fact.of(Fact.Kind.CLIP_READY, clip.id()));
                } else {
                    discard(turn, clip, "duration-differs");
                }
            }
            case ERRORED -> discard(turn, clip, "vendor-error");
            case ABSENT -> missed(turn, clip.id(), "asset-gone", null);
            case PENDING -> {
                Instant intentAt = clip.attempt().intentAt();
                Duration age = Duration.between(intentAt == null ? turn.now() : intentAt, turn.now());
                if (age.compareTo(turn.rules().assets().timeout()) > 0) {
                    discard(turn, clip, TIMEOUT);
                } else {
                    Duration pause = age.compareTo(POLL) < 0
                            ? POLL
                            : min(age, turn.rules().assets().pollMax());
                    later(turn, clip.id(), turn.around(pause));
                }
            }
        }
    }

    /** Its asset is no use: deleted first, so that neither people nor a later look-up find it. */
    private static void discard(Turn turn, Clip clip, String why) {
        turn.set(turn.recording().withClip(clip.id(), c -> c.discarded(why, turn.now())));
    }

    private static void deleted(Turn turn, ClipDeleted deleted) {
        if (deleted.why() == null) {
            turn.set(turn.recording().withClip(deleted.clipId(), Clip::deleted));
        } else {
            missed(turn, deleted.clipId(), deleted.why(), null);
        }
    }

    private static void failed(Turn turn, Failed failed) {
        if (failed.call() instanceof Call.CreateClip create) {
            switch (failed.kind()) {
                case REFUSED -> missed(turn, create.clipId(), failed.code(), failed);
                case NOT_NOW -> {
                    Instant at = turn.now().plus(turn.backoff(1, failed));
                    turn.set(turn.recording().withClip(create.clipId(), clip -> clip.postponed(at)));
                }
                case UNKNOWN -> {
                    // Stays CREATING: looked up once the effect must have shown.
                }
            }
        } else if (failed.call() instanceof Call.FindClips find) {
            if (overdue(turn, find.clipId())) {
                giveUp(turn, find.clipId(), TIMEOUT);
            } else {
                later(turn, find.clipId(), turn.backoff(2, failed));
            }
        } else if (failed.call() instanceof Call.ReadClip read) {
            if (overdue(turn, read.clipId())) {
                discard(turn, clip(turn, read.clipId()), TIMEOUT);
            } else {
                later(turn, read.clipId(), turn.backoff(2, failed));
            }
        } else if (failed.call() instanceof Call.DeleteClip delete) {
            undeleted(turn, delete, failed);
        }
    }

    /** A refusal means that there is nothing to delete. What cannot be deleted in time is the sweeper's. */
    private static void undeleted(Turn turn, Call.DeleteClip delete, Failed failed) {
        String why = delete.why();
        if (failed.kind() == FailureKind.REFUSED) {
            deleted(turn, new ClipDeleted(delete.clipId(), why));
        } else if (!overdue(turn, delete.clipId())) {
            later(turn, delete.clipId(), turn.backoff(2, failed));
        } else if (why == null) {
            deleted(turn, new ClipDeleted(delete.clipId(), null));
        } else {
            giveUp(turn, delete.clipId(), why);
        }
    }

    /**
     * Whether Mux has not answered about a clip for too long. By the moment this look was due, not by now: a service that was
     * away for long looks again before it gives up.
     */
    private static boolean overdue(Turn turn, UUID clipId) {
        Clip.Attempt attempt = clip(turn, clipId).attempt();
        Instant intentAt = attempt.intentAt();
        return intentAt != null
                && Duration.between(intentAt, attempt.dueAt())
                                .compareTo(turn.rules().assets().timeout())
                        > 0;
    }

    private static void giveUp(Turn turn, UUID clipId, String why) {
        turn.set(turn.recording().withClip(clipId, clip -> clip.failed(why)));
        turn.fact(Fact.of(Fact.Kind.CLIP_FAILED, clipId));
    }

    private static void missed(Turn turn, UUID clipId, String why, @Nullable Failed failed) {
        Instant at = turn.now().plus(turn.backoff(1, failed));
        turn.set(turn.recording()
                .withClip(clipId, clip -> clip.missed(why, turn.rules().maxTries(), at)));
        if (clip(turn, clipId).state() == Clip.State.FAILED) {
            turn.fact(Fact.of(Fact.Kind.CLIP_FAILED, clipId));
        }
    }

    private static void later(Turn turn, UUID clipId, Duration pause) {
        Instant at = turn.now().plus(pause);
        turn.set(turn.recording().withClip(clipId, clip -> clip.lookAgainAt(at)));
    }

    private static Clip clip(Turn turn, UUID clipId) {
        return turn.recording().clips().stream()
                .filter(clip -> clip.id().equals(clipId))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no clip " + clipId));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
