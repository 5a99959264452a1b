package com.eventuall.chat.vetting;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.chat.vetting.VettingChange.Announcement;
import com.eventuall.chat.vetting.VettingChange.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * One person asks for the stage again and again, each request ending in one of the four ways; the facts arrive in any order
 * and number, with the vendor's work in between. Entries that name their request are on a clock of their own.
 */
class VettingConvergencePropertyTest {
    private static final long NOW = 5;

    @Property(tries = 2000)
    void everyRequestIsToldOfOnce(
            @ForAll @IntRange(min = 1, max = 6) int requests,
            @ForAll @IntRange(min = 0, max = 3) int repeats,
            @ForAll boolean named,
            @ForAll long seed) {
        Random random = new Random(seed);
        Map<String, Outcome> truth = new HashMap<>();

        Replay replay = replay(history(requests, named, random, truth), repeats, random, true);

        assertThat(replay.person.vettings())
                .hasSize(requests)
                .allMatch(vetting -> vetting.phase() == Phase.CLOSED && vetting.outcome() != null);
        assertThat(replay.told).hasSize(2 * requests);
        for (String request : truth.keySet()) {
            assertThat(replay.told.stream()
                            .filter(each -> each.vetting().requestId().equals(request))
                            .map(Announcement::kind))
                    .containsExactly(Kind.OPENED, Kind.CLOSED);
        }
    }

    /** As long as nothing is closed before the facts are there; what is closed at once can have been misjudged. */
    @Property(tries = 2000)
    void everyRequestEndsAsItTrulyDid(
            @ForAll @IntRange(min = 1, max = 6) int requests,
            @ForAll @IntRange(min = 0, max = 3) int repeats,
            @ForAll boolean named,
            @ForAll long seed) {
        Random random = new Random(seed);
        Map<String, Outcome> truth = new HashMap<>();

        Replay replay = replay(history(requests, named, random, truth), repeats, random, false);

        for (Vetting vetting : replay.person.vettings()) {
            assertThat(vetting.outcome()).as(vetting.requestId()).isEqualTo(truth.get(vetting.requestId()));
        }
    }

    private static Replay replay(List<Fact> facts, int repeats, Random random, boolean closeMeanwhile) {
        List<Fact> arrivals = new ArrayList<>(facts);
        for (int i = 0; i < repeats; i++) {
            arrivals.addAll(facts);
        }
        Collections.shuffle(arrivals, random);
        Replay replay = new Replay();
        for (Fact fact : arrivals) {
            replay.take(fact);
            if (random.nextBoolean()) {
                replay.open();
                if (closeMeanwhile) {
                    replay.close(random.nextBoolean());
                }
            }
        }
        replay.open();
        replay.close(true);
        return replay;
    }

    private static List<Fact> history(int requests, boolean named, Random random, Map<String, Outcome> truth) {
        List<Fact> facts = new ArrayList<>();
        long skew = named ? random.nextInt(2001) - 1000 : 0;
        for (int i = 0; i < requests; i++) {
            String request = "r" + i;
            long requestedAt = 100L * i + 10;
            long endedAt = 100L * i + 50;
            Outcome outcome = Outcome.values()[random.nextInt(Outcome.values().length)];
            truth.put(request, outcome);
            facts.add(new Fact(false, rules -> rules.requested(request, requestedAt, NOW), 0));
            facts.add(
                    outcome == Outcome.APPROVED && !named
                            ? new Fact(true, rules -> rules.entered(endedAt, NOW), endedAt)
                            : new Fact(false, rules -> rules.ended(request, outcome, endedAt + skew, NOW), 0));
        }
        return facts;
    }

    private record Fact(boolean entry, Function<VettingRules, VettingChange> apply, long at) {}

    private static final class Replay {
        private VettingRules person = new VettingRules(List.of(), 0);
        private final List<Announcement> told = new ArrayList<>();
        private int conversations;

        void take(Fact fact) {
            apply(fact.apply.apply(person));
            if (fact.entry) {
                person = new VettingRules(person.vettings(), Math.max(person.enteredAt(), fact.at));
            }
        }

        void open() {
            for (Vetting vetting : person.vettings()) {
                if (vetting.next() == Vetting.Step.OPEN) {
                    apply(person.opened(vetting.requestId(), "CH" + conversations++, NOW));
                }
            }
        }

        void close(boolean provisionalToo) {
            for (Vetting vetting : person.vettings()) {
                if (vetting.next() == Vetting.Step.CLOSE && (provisionalToo || !vetting.provisional())) {
                    apply(person.closed(vetting.requestId(), NOW));
                }
            }
        }

        private void apply(VettingChange change) {
            person = person.after(change);
            told.addAll(change.announcements());
            assertThat(person.vettings().stream()
                            .filter(each -> each.phase().isLive())
                            .count())
                    .isLessThanOrEqualTo(1);
        }
    }
}
