package com.eventuall.e2e.show;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.e2e.Chromium;
import com.eventuall.e2e.SharedStack;
import com.eventuall.e2e.Stack;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two moderators and three participants run a show from the first hand to the last clip. After every step all pages
 * show the same room at the same version, and both moderators the same queue.
 */
@ExtendWith(SharedStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShowTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** From the request to the first recorded frame, and from the end to the last clip: the vendors take their time. */
    private static final Duration RECORDING_PATIENCE = Duration.ofSeconds(120);

    private static final Duration TUNNEL = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** Every run has an event of its own, with a name that is fit for a picture. */
    private static final int SEASONS = 10_000;

    private Chromium chromium;

    @BeforeAll
    void launch() {
        chromium = Chromium.launch();
    }

    @AfterAll
    void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void twoModeratorsAndThreeParticipantsRunAShow(Stack stack) {
        String event = "summer-" + System.currentTimeMillis() % SEASONS;
        Browser browser = chromium.browser();
        try (Person ann = new Person(browser, "Ann Lee", true, ColorScheme.LIGHT);
                Person mia = new Person(browser, "Mia Sand", true, ColorScheme.DARK);
                Person ben = new Person(browser, "Ben Okoro", false, ColorScheme.LIGHT);
                Person chloe = new Person(browser, "Chloe Roy", false, ColorScheme.DARK);
                Person dan = new Person(browser, "Dan Wu", false, ColorScheme.LIGHT)) {
            List<Person> all = List.of(ann, mia, ben, chloe, dan);
            try {
                run(stack, event, ann, mia, ben, chloe, dan);
            } catch (RuntimeException | AssertionError failure) {
                all.forEach(Person::keepEvidence);
                throw failure;
            }
            assertThat(all).allSatisfy(one -> assertThat(one.errors()).isEmpty());
        }
    }

    private static void run(Stack stack, String event, Person ann, Person mia, Person ben, Person chloe, Person dan) {
        List<Person> all = List.of(ann, mia, ben, chloe, dan);
        theyJoin(stack, event, all);
        handsGoUp(List.of(ann, mia), all);
        talkInPrivate(ann, mia, ben, chloe);
        talkInTheRoom(ann, ben, chloe);
        moderatorsReorderAtOnce(ann, mia, ben, dan);
        moderatorsApproveTheSameAtOnce(ann, mia, all, ben);
        recordingStarts(ann, all);
        moderatorsApproveOthersAtOnce(ann, mia, all, chloe, dan);
        pin(ann, chloe, all);
        picturesOfTheShow(ann, mia, ben, chloe);
        oneIsInATunnel(ann, mia, ben, dan, all);
        oneClosesTheTab(mia, ben, List.of(ann, mia, chloe, dan));
        stageEmpties(ann, mia, List.of(ann, mia, chloe, dan), chloe);
        recordingStopsAndClipsAppear(mia, ann, List.of(ann, mia, chloe, dan));
    }

    private static void theyJoin(Stack stack, String event, List<Person> all) {
        all.forEach(one -> one.arrive(stack.origin(), event));
        Person first = all.get(0);
        first.checkAccessibility("join");
        first.photograph("join");
        all.forEach(Person::join);
        agree(
                all,
                room -> assertThat(room.people())
                        .hasSize(all.size())
                        .allSatisfy((userId, status) -> assertThat(status).isEqualTo("online")));
    }

    private static void handsGoUp(List<Person> moderators, List<Person> all) {
        List<Person> participants = all.subList(moderators.size(), all.size());
        List<String> raised = new ArrayList<>();
        for (Person one : participants) {
            one.at("raise-hand").click();
            raised.add(one.userId());
            assertThat(one.at("hand-place")).hasAttribute("data-place", "queue");
            agreeOnQueue(moderators, lists -> assertThat(lists).isEqualTo(new Lists(raised, List.of())));
        }
        assertThat(participants.get(2).at("hand-place")).containsText("3");
    }

    /** A moderator asks, the candidate answers, the other moderator joins them; nobody else hears a word. */
    private static void talkInPrivate(Person ann, Person mia, Person ben, Person chloe) {
        ann.of("vetting-open", ben).click();
        ann.say("vetting", "Hello Ben, what is your question?");
        assertThat(ben.message("vetting", "what is your question?")).isVisible();
        ben.say("vetting", "How do you keep bees in winter?");
        assertThat(ann.message("vetting", "bees in winter")).isVisible();
        mia.of("vetting-open", ben).click();
        assertThat(mia.message("vetting", "bees in winter")).isVisible();
        assertThat(chloe.at("vetting", "conversation")).hasAttribute("data-live", "true");
        assertThat(chloe.at("vetting", "message")).hasCount(0);
    }

    private static void talkInTheRoom(Person ann, Person ben, Person chloe) {
        ann.at("chat-enter").click();
        assertThat(ann.at("chat", "conversation")).hasAttribute("data-live", "true");
        ben.at("chat-enter").click();
        assertThat(ben.at("chat", "conversation")).hasAttribute("data-live", "true");
        ann.say("chat", "Welcome to the show!");
        assertThat(ben.message("chat", "Welcome to the show!")).isVisible();
        Locator applause = ben.at("chat", "reaction").and(ben.page().locator("[data-emoji=\"👏\"]"));
        applause.click();
        assertThat(ann.at("chat", "reaction").and(ann.page().locator("[data-emoji=\"👏\"]")))
                .hasAttribute("data-count", "1");
        chloe.at("chat-enter").click();
        assertThat(chloe.message("chat", "Welcome to the show!")).isVisible();
        chloe.say("chat", "Glad to be here.");
        assertThat(ann.message("chat", "Glad to be here.")).isVisible();
    }

    /** Ben, Chloe, Dan wait. In one moment Ann moves Dan up, and Mia moves Ben down. */
    private static void moderatorsReorderAtOnce(Person ann, Person mia, Person ben, Person dan) {
        AtOnce.press(ann.inQueue(dan, "move-up"), mia.inQueue(ben, "move-down"));
        agreeOnQueue(List.of(ann, mia), lists -> {
            assertThat(lists.pending())
                    .containsExactlyInAnyOrder("ben", "chloe", "dan")
                    // Whether the two came together or one after the other, both have pulled Dan and Ben apart this
                    // way.
                    .containsSubsequence("dan", "ben");
        });
        heldIsSeen(ann, mia, ben);
        movedByKeyboard(ann, mia, ben);
    }

    /** Whom one moderator holds, by mouse or by keyboard, the other sees held; put back, nothing has changed. */
    private static void heldIsSeen(Person ann, Person mia, Person ben) {
        Lists before = ann.lists();
        ann.inQueue(ben, "queue-grip").press("Space");
        assertThat(mia.of("queue-item", ben)).containsText("Ann Lee");
        ann.page().keyboard().press("Escape");
        assertThat(mia.of("queue-item", ben)).not().containsText("Ann Lee");
        agreeOnQueue(List.of(ann, mia), lists -> assertThat(lists).isEqualTo(before));
    }

    /** Picked up, one place up, put down: without a mouse, and said aloud at each step. */
    private static void movedByKeyboard(Person ann, Person mia, Person ben) {
        List<String> expected = new ArrayList<>(ann.lists().pending());
        int place = expected.indexOf("ben");
        expected.remove(place);
        expected.add(place - 1, "ben");
        Locator said = ann.page().locator("[id^=DndLiveRegion]");
        ann.inQueue(ben, "queue-grip").press("Space");
        assertThat(said).containsText("number %d of Pending".formatted(place + 1));
        ann.page().keyboard().press("ArrowUp");
        assertThat(said).containsText("number %d of Pending".formatted(place));
        ann.page().keyboard().press("Space");
        agreeOnQueue(List.of(ann, mia), lists -> assertThat(lists.pending()).isEqualTo(expected));
    }

    private static void moderatorsApproveTheSameAtOnce(Person ann, Person mia, List<Person> all, Person ben) {
        List<String> waiting = new ArrayList<>(ann.lists().pending());
        waiting.remove("ben");
        AtOnce.press(ann.inQueue(ben, "approve"), mia.inQueue(ben, "approve"));
        agreeOnQueue(List.of(ann, mia), lists -> assertThat(lists).isEqualTo(new Lists(waiting, List.of("ben"))));
        agree(all, room -> assertThat(room.stage()).containsExactly("ben"));
        assertThat(ben.at("hand-place")).hasAttribute("data-place", "stage");
        // Approved: his private talk is over, for all who were in it.
        assertThat(ann.of("vetting-open", ben)).hasCount(0);
        assertThat(mia.of("vetting-open", ben)).hasCount(0);
        assertThat(ben.at("vetting")).hasCount(0);
    }

    private static void recordingStarts(Person ann, List<Person> all) {
        ann.at("record-start").click();
        agree(all, RECORDING_PATIENCE, room -> assertThat(room.recording()).isTrue());
    }

    private static void moderatorsApproveOthersAtOnce(
            Person ann, Person mia, List<Person> all, Person chloe, Person dan) {
        AtOnce.press(ann.inQueue(chloe, "approve"), mia.inQueue(dan, "approve"));
        agreeOnQueue(List.of(ann, mia), lists -> {
            assertThat(lists.pending()).isEmpty();
            assertThat(lists.live())
                    .containsExactlyInAnyOrder("ben", "chloe", "dan")
                    .startsWith("ben");
        });
        agree(
                all,
                room -> assertThat(room.stage())
                        .containsExactlyElementsOf(ann.lists().live()));
        AtOnce.press(
                ann.inQueue(dan, ann.lists().live().get(1).equals("dan") ? "move-down" : "move-up"),
                mia.of("queue-item", chloe).getByTestId("move-up"));
        agreeOnQueue(
                List.of(ann, mia), lists -> assertThat(lists.live()).containsExactlyInAnyOrder("ben", "chloe", "dan"));
        agree(
                all,
                room -> assertThat(room.stage())
                        .containsExactlyElementsOf(ann.lists().live()));
        // Nobody went off the stage for that: what was moved are places, not people.
        assertThat(dan.at("hand-place")).hasAttribute("data-place", "stage");
    }

    private static void pin(Person ann, Person chloe, List<Person> all) {
        ann.of("on-stage", chloe).getByTestId("pin").click();
        agree(all, room -> {
            assertThat(room.pinned()).containsExactly("chloe");
            assertThat(room.stage()).startsWith("chloe");
        });
    }

    private static void picturesOfTheShow(Person ann, Person mia, Person ben, Person chloe) {
        ann.photograph("show-moderator");
        ann.photographAll("show-moderator-page");
        mia.photograph("show-moderator-dark");
        ben.photograph("show-participant");
        chloe.photograph("show-participant-dark");
        ann.checkAccessibility("moderator");
        chloe.checkAccessibility("participant");
        ann.onAPhone(() -> {
            ann.photograph("show-moderator-phone");
            ann.checkAccessibility("moderator's phone");
        });
        chloe.onAPhone(() -> chloe.photograph("show-participant-phone"));
    }

    /** Dan's network is gone for ten seconds, with no word to anybody; the show goes on without him. */
    private static void oneIsInATunnel(Person ann, Person mia, Person ben, Person dan, List<Person> all) {
        List<Person> others = all.stream().filter(one -> one != dan).toList();
        RoomAsSeen before = dan.room();
        Instant lost = Instant.now();
        dan.loseNetwork();
        ann.inQueue(ben, "demote").click();
        mia.of("on-stage", all.get(3)).getByTestId("pin").click();
        ann.say("chat", "Thank you, Ben!");
        agree(others, room -> {
            assertThat(room.stage()).containsExactlyInAnyOrder("chloe", "dan");
            assertThat(room.pinned()).isEmpty();
        });
        assertThat(dan.at("connection")).hasAttribute("data-state", "offline");
        assertThat(dan.at("connection-trouble")).isVisible();
        assertThat(dan.room().stage()).as("nothing reached him").isEqualTo(before.stage());
        dan.photograph("show-offline");
        await().pollInSameThread()
                .pollInterval(PAUSE)
                .atMost(TUNNEL.plus(PATIENCE))
                .until(() -> Duration.between(lost, Instant.now()).compareTo(TUNNEL) >= 0);
        dan.findNetwork();
        agree(all, room -> {
            assertThat(room.stage()).containsExactlyInAnyOrder("chloe", "dan");
            assertThat(room.people()).containsEntry("dan", "online");
        });
        assertThat(dan.at("connection")).hasAttribute("data-state", "online");
        assertThat(dan.at("connection-trouble")).hasCount(0);
    }

    private static void oneClosesTheTab(Person mia, Person ben, List<Person> others) {
        ben.closeTab();
        agree(others, room -> assertThat(room.people()).containsEntry("ben", "offline"));
        // He waits in the queue still; a moderator takes him out.
        mia.inQueue(ben, "remove").click();
        agreeOnQueue(others.subList(0, 2), lists -> assertThat(lists.pending()).isEmpty());
    }

    private static void stageEmpties(Person ann, Person mia, List<Person> others, Person chloe) {
        mia.inQueue(chloe, "demote").click();
        agree(others, room -> assertThat(room.stage()).containsExactly("dan"));
        ann.inQueue(chloe, "approve").click();
        agree(others, room -> assertThat(room.stage()).containsExactly("dan", "chloe"));
        assertThat(chloe.at("hand-place")).hasAttribute("data-place", "stage");
    }

    /** Mia stops what Ann started. Everybody who was on stage has a clip that can be played, on both timelines. */
    private static void recordingStopsAndClipsAppear(Person mia, Person ann, List<Person> others) {
        mia.at("record-stop").click();
        agree(others, RECORDING_PATIENCE, room -> assertThat(room.recording()).isFalse());
        for (Person moderator : List.of(ann, mia)) {
            assertThat(moderator.at("recording"))
                    .hasAttribute(
                            "data-state", "READY", new HasAttributeOptions().setTimeout(RECORDING_PATIENCE.toMillis()));
            assertThat(moderator.page().locator("[data-testid=clip][data-state=READY]"))
                    .not()
                    .hasCount(0);
        }
        await().pollInSameThread().pollInterval(PAUSE).atMost(PATIENCE).untilAsserted(() -> {
            Map<String, Long> clips = clips(ann);
            assertThat(clips).containsOnlyKeys("ben", "chloe", "dan");
            assertThat(clips(mia)).isEqualTo(clips);
        });
        assertThat(ann.at("clip").all()).allSatisfy(clip -> assertThat(clip).hasAttribute("data-state", "READY"));
        ann.photographAll("show-recordings");
        ann.checkAccessibility("recordings and network");
        ann.at("clip-open").first().click();
        assertThat(ann.at("clip-dialog", "clip-address")).isVisible();
        ann.checkAccessibility("clip");
        ann.photograph("show-clip");
        ann.at("clip-close").click();
        assertThat(ann.at("clip-dialog")).hasCount(0);
        mia.photographAll("show-recordings-dark");
    }

    private static Map<String, Long> clips(Person moderator) {
        return moderator.at("clip").all().stream()
                .map(clip -> clip.getAttribute("data-user"))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static void agree(List<Person> people, Consumer<RoomAsSeen> expectation) {
        agree(people, PATIENCE, expectation);
    }

    /** Waits until all show the same room at the same version, and it is as expected. */
    private static void agree(List<Person> people, Duration patience, Consumer<RoomAsSeen> expectation) {
        await().pollInSameThread().pollInterval(PAUSE).atMost(patience).untilAsserted(() -> {
            RoomAsSeen first = people.get(0).room();
            expectation.accept(first);
            for (Person one : people) {
                assertThat(one.room()).as("%s", one).isEqualTo(first);
            }
        });
    }

    private static void agreeOnQueue(List<Person> moderators, Consumer<Lists> expectation) {
        await().pollInSameThread().pollInterval(PAUSE).atMost(PATIENCE).untilAsserted(() -> {
            Lists first = moderators.get(0).lists();
            expectation.accept(first);
            assertThat(moderators).allSatisfy(one -> assertThat(one.lists()).isEqualTo(first));
        });
    }
}
