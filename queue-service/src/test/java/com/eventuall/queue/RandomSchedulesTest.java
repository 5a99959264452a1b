package com.eventuall.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.yjs.Id;
import com.eventuall.yjs.StateVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * Random schedules over the whole core: what several moderators, REST callers and dying replicas do to a queue at the same
 * time. Each promise is judged by what the edits had seen of each other.
 */
class RandomSchedulesTest {

    /** Anomalies by kind, each with the seeds that showed it. */
    private final Map<String, List<Long>> anomalies = new HashMap<>();

    private long seed;

    @Test
    void noAnomalyInAnySchedule() {
        int schedules = Integer.getInteger("queue.schedules", 2000);
        String given = System.getProperty("queue.seed", "");
        long first = given.isBlank() ? ThreadLocalRandom.current().nextLong(1L << 40) : Long.parseLong(given);
        System.out.printf("RandomSchedulesTest: repeat with -Dqueue.seed=%d%n", first);
        int facts = 0;
        int moves = 0;
        for (seed = first; seed < first + schedules; seed++) {
            Schedule schedule = new Schedule(seed, seed % 2 == 0 ? 0 : 0.1);
            schedule.run();
            judge(schedule);
            facts += schedule.store.facts.size();
            moves += schedule.moves.size();
        }
        System.out.printf("%d schedules, %d moves, %d stage facts, anomalies %s%n", schedules, moves, facts, anomalies);
        assertThat(anomalies).isEmpty();
        assertThat(moves).as("the schedules do something").isGreaterThan(schedules);
    }

    private void judge(Schedule schedule) {
        QueueDocument document = schedule.pods.get(0).room.document();
        QueueView view = document.view();
        convergence(schedule, document, view);
        removalsWin(schedule, view);
        requestsAreNotLost(schedule, view);
        movesAreNotUndone(schedule, document);
        check("torn", view.flaws().isEmpty());
        check("other content", document.doc().getText("notes").toString().endsWith("knows 😀"));
        check("participant wrote", document.doc().stateVector().clock(schedule.participant.doc.clientId()) == 0);
        announcements(schedule, view);
        restart(schedule, document, view);
    }

    private void convergence(Schedule schedule, QueueDocument document, QueueView view) {
        StateVector vector = document.doc().stateVector();
        for (Schedule.Pod pod : schedule.pods) {
            check("replicas differ", pod.room.document().view().equals(view));
            check("replicas differ", pod.room.document().doc().stateVector().equals(vector));
        }
        for (SimulatedBrowser moderator : schedule.moderators) {
            check("browser closed " + moderator.closed, moderator.closed == null);
            check("browsers differ", moderator.queue.view().equals(view));
            check("browsers differ", moderator.doc.stateVector().equals(vector));
        }
        Set<String> users = new HashSet<>();
        view.live().forEach(entry -> check("twice", users.add(entry.userId())));
        view.pending().forEach(entry -> check("twice", users.add(entry.userId())));
    }

    private void removalsWin(Schedule schedule, QueueView view) {
        for (Schedule.Removal removal : schedule.removals) {
            boolean sawAll = schedule.requests.stream()
                    .filter(request -> request.userId().equals(removal.userId()))
                    .allMatch(request -> Schedule.knows(removal.known(), request.entry()));
            check("zombie", !(removal.certain()[0] && sawAll && isListed(view, removal.userId())));
        }
    }

    private void requestsAreNotLost(Schedule schedule, QueueView view) {
        StateVector vector = schedule.pods.get(0).room.document().doc().stateVector();
        for (Schedule.Request request : schedule.requests) {
            List<Schedule.Removal> removals = schedule.removals.stream()
                    .filter(removal -> removal.userId().equals(request.userId()))
                    .toList();
            boolean durable = Schedule.knows(vector, request.entry());
            boolean sawAll = request.seen().containsAll(removals);
            check("lost", !(durable && sawAll) || isListed(view, request.userId()));
        }
    }

    /** Where all moves that no later move had seen agree, that is where the person is: moving inside a list changes nothing. */
    private void movesAreNotUndone(Schedule schedule, QueueDocument document) {
        StateVector vector = document.doc().stateVector();
        Map<Id, List<Schedule.Move>> byEntry = new HashMap<>();
        schedule.moves.stream()
                .filter(move -> Schedule.knows(vector, move.listItem()))
                .filter(move -> move.entry().equals(Schedule.entryId(document, move.userId())))
                .forEach(move -> byEntry.computeIfAbsent(move.entry(), id -> new ArrayList<>())
                        .add(move));
        byEntry.values().forEach(moves -> {
            Set<Place> last = new HashSet<>();
            moves.stream()
                    .filter(move -> moves.stream().noneMatch(later -> Schedule.knows(later.known(), move.listItem())))
                    .forEach(move -> last.add(move.place()));
            check(
                    "undone",
                    last.size() != 1
                            || last.contains(document.placeOf(moves.get(0).userId())));
        });
    }

    private void announcements(Schedule schedule, QueueView view) {
        Published published = schedule.store.published();
        check("not announced", published.position() == schedule.store.position());
        check(
                "announced wrongly",
                published
                        .pending()
                        .equals(view.pending().stream().map(Waiting::of).toList()));
        check(
                "announced wrongly",
                users(published.live())
                        .equals(view.live().stream().map(QueueEntry::userId).toList()));
        Map<String, String> onStage = new HashMap<>();
        for (StageFact fact : schedule.store.facts) {
            if (fact instanceof StageFact.Entered entered) {
                check(
                        "entered twice",
                        onStage.put(entered.stay().userId(), entered.stay().stayId()) == null);
            } else if (fact instanceof StageFact.Exited exited) {
                String stay = onStage.remove(exited.stay().userId());
                check("exited without a stay", exited.stay().stayId().equals(stay));
            }
        }
        Map<String, String> live = new HashMap<>();
        published.live().forEach(stay -> live.put(stay.userId(), stay.stayId()));
        check("fold differs", live.equals(onStage));
        long revision = 0;
        for (Published announced : schedule.store.announced) {
            check("revision", announced.revision() > revision);
            revision = announced.revision();
        }
    }

    private void restart(Schedule schedule, QueueDocument document, QueueView view) {
        Schedule.Pod fresh = schedule.new Pod(99);
        schedule.simulation.pass(1_000);
        check("restart", fresh.room.document().view().equals(view));
        check(
                "restart",
                fresh.room.document().doc().stateVector().equals(document.doc().stateVector()));
    }

    private static List<String> users(List<Stay> live) {
        return live.stream().map(Stay::userId).toList();
    }

    private static boolean isListed(QueueView view, String userId) {
        return view.live().stream().anyMatch(entry -> entry.userId().equals(userId))
                || view.pending().stream().anyMatch(entry -> entry.userId().equals(userId));
    }

    private void check(String anomaly, boolean fine) {
        if (!fine) {
            anomalies.computeIfAbsent(anomaly, kind -> new ArrayList<>()).add(seed);
        }
    }
}
