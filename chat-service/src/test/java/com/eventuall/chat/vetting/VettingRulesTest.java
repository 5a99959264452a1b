package com.eventuall.chat.vetting;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.chat.vetting.Vetting.Step;
import com.eventuall.chat.vetting.VettingChange.Announcement;
import com.eventuall.chat.vetting.VettingChange.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class VettingRulesTest {
    private static final long NOW = 1000;

    private VettingRules person = new VettingRules(List.of(), 0);
    private final List<Announcement> told = new java.util.ArrayList<>();

    @Test
    void aRequestIsOpenedApprovedAndClosed() {
        apply(person.requested("r1", 10, NOW));
        assertThat(only().next()).isEqualTo(Step.OPEN);
        apply(person.opened("r1", "CH1", NOW + 1));
        assertThat(only().next()).isEqualTo(Step.NONE);
        apply(person.entered(20, NOW + 2));
        assertThat(only().next()).isEqualTo(Step.CLOSE);
        apply(person.closed("r1", NOW + 3));

        assertThat(only()).isEqualTo(new Vetting("r1", Phase.CLOSED, "CH1", Outcome.APPROVED, false, 10, NOW + 3));
        assertThat(told).extracting(Announcement::kind).containsExactly(Kind.OPENED, Kind.CLOSED);
    }

    @Test
    void duplicatesChangeNothing() {
        apply(person.requested("r1", 10, NOW));
        assertThat(person.requested("r1", 10, NOW).isNothing()).isTrue();
        apply(person.opened("r1", "CH1", NOW));
        assertThat(person.opened("r1", "CH1", NOW).isNothing()).isTrue();
        apply(person.ended("r1", Outcome.REMOVED, 20, NOW));
        assertThat(person.ended("r1", Outcome.WITHDRAWN, 20, NOW).isNothing()).isTrue();
        apply(person.closed("r1", NOW));
        assertThat(person.closed("r1", NOW).isNothing()).isTrue();
        assertThat(person.requested("r1", 10, NOW).isNothing()).isTrue();
        assertThat(only().outcome()).isEqualTo(Outcome.REMOVED);
    }

    @Test
    void theEndOfAnUnknownRequestOpensAndClosesOnce() {
        apply(person.ended("r1", Outcome.WITHDRAWN, 20, NOW));
        assertThat(person.requested("r1", 10, NOW).isNothing()).isTrue();
        assertThat(only().next()).isEqualTo(Step.OPEN);
        apply(person.opened("r1", "CH1", NOW));
        assertThat(only().next()).isEqualTo(Step.CLOSE);
        apply(person.closed("r1", NOW));

        assertThat(told).extracting(Announcement::kind).containsExactly(Kind.OPENED, Kind.CLOSED);
    }

    @Test
    void aRequestThatComesAfterItsApprovalIsApproved() {
        person = new VettingRules(List.of(), 20);

        apply(person.requested("r1", 10, NOW));

        assertThat(only().outcome()).isEqualTo(Outcome.APPROVED);
    }

    @Test
    void anOldApprovalDoesNotEndANewRequest() {
        person = new VettingRules(List.of(), 20);
        apply(person.requested("r2", 30, NOW));

        assertThat(person.entered(20, NOW).isNothing()).isTrue();
        assertThat(only().phase()).isEqualTo(Phase.REQUESTED);
    }

    /** The moments of requests and of entries are on different clocks. */
    @Test
    void anApprovalThatNamesItsRequestCountsWhateverTheTimes() {
        apply(person.requested("r1", 50, NOW));
        apply(person.ended("r1", Outcome.APPROVED, 20, NOW));
        assertThat(vetting("r1").outcome()).isEqualTo(Outcome.APPROVED);

        apply(person.requested("r2", 10, NOW));

        assertThat(person.live()).map(Vetting::requestId).contains("r2");
    }

    @Test
    void anApprovalThatNamesItsRequestEndsNoOtherOne() {
        apply(person.requested("r1", 10, NOW));
        apply(person.ended("r2", Outcome.APPROVED, 30, NOW));
        assertThat(person.live()).map(Vetting::requestId).contains("r1");
        assertThat(person.requested("r2", 20, NOW).isNothing()).isTrue();

        apply(person.ended("r1", Outcome.WITHDRAWN, 15, NOW));

        assertThat(vetting("r1").outcome()).isEqualTo(Outcome.WITHDRAWN);
        assertThat(vetting("r2").outcome()).isEqualTo(Outcome.APPROVED);
    }

    @Test
    void anApprovalThatNamesItsRequestStands() {
        apply(person.requested("r1", 10, NOW));
        apply(person.ended("r1", Outcome.APPROVED, 20, NOW));

        // Sent back to the waiting, and removed there.
        assertThat(person.ended("r1", Outcome.REMOVED, 30, NOW).isNothing()).isTrue();
        assertThat(person.ended("r1", Outcome.APPROVED, 40, NOW).isNothing()).isTrue();
    }

    @Test
    void anApprovalByTimeGivesWayToWhatNamesTheRequest() {
        apply(person.requested("r1", 10, NOW));
        person = new VettingRules(person.vettings(), 20);
        apply(person.entered(20, NOW));

        apply(person.ended("r1", Outcome.WITHDRAWN, 15, NOW));

        assertThat(only().outcome()).isEqualTo(Outcome.WITHDRAWN);
    }

    @Test
    void aSecondRequestEndsTheFirstAndTheTrueOutcomeStillCounts() {
        apply(person.requested("r1", 10, NOW));
        apply(person.opened("r1", "CH1", NOW));
        apply(person.requested("r2", 30, NOW));

        assertThat(person.live()).map(Vetting::requestId).contains("r2");
        assertThat(vetting("r1").provisional()).isTrue();

        apply(person.ended("r1", Outcome.REMOVED, 20, NOW));

        assertThat(vetting("r1").outcome()).isEqualTo(Outcome.REMOVED);
        assertThat(vetting("r1").provisional()).isFalse();
        assertThat(vetting("r2").phase()).isEqualTo(Phase.REQUESTED);
    }

    @Test
    void anOlderRequestThatComesLateDoesNotReplaceTheLiveOne() {
        apply(person.requested("r2", 30, NOW));
        apply(person.requested("r1", 10, NOW));

        assertThat(person.live()).map(Vetting::requestId).contains("r2");
        assertThat(vetting("r1").phase()).isEqualTo(Phase.CLOSING);
    }

    @Test
    void aDeletedConversationIsMadeAnew() {
        apply(person.requested("r1", 10, NOW));
        apply(person.opened("r1", "CH1", NOW));

        apply(person.conversationGone("CH1", NOW));
        assertThat(only().next()).isEqualTo(Step.OPEN);
        apply(person.opened("r1", "CH2", NOW));

        assertThat(told).extracting(each -> each.vetting().conversationSid()).containsExactly("CH1", "CH2");
        assertThat(person.conversationGone("CH1", NOW).isNothing()).isTrue();
    }

    @Test
    void aConversationClosedByTheVendorIsExpired() {
        apply(person.requested("r1", 10, NOW));
        apply(person.opened("r1", "CH1", NOW));

        apply(person.conversationClosed("CH1", NOW));

        assertThat(only().phase()).isEqualTo(Phase.CLOSED);
        assertThat(only().outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(told).extracting(Announcement::kind).containsExactly(Kind.OPENED, Kind.CLOSED);
        assertThat(person.conversationClosed("CH1", NOW).isNothing()).isTrue();
    }

    @Test
    void anEndedVettingWhoseConversationVanishedIsClosed() {
        apply(person.requested("r1", 10, NOW));
        apply(person.opened("r1", "CH1", NOW));
        apply(person.ended("r1", Outcome.EXPIRED, 20, NOW));

        apply(person.conversationGone("CH1", NOW));

        assertThat(only().phase()).isEqualTo(Phase.CLOSED);
    }

    private void apply(VettingChange change) {
        assertThat(change.isNothing()).isFalse();
        told.addAll(change.announcements());
        person = person.after(change);
    }

    private Vetting only() {
        assertThat(person.vettings()).hasSize(1);
        return person.vettings().get(0);
    }

    private Vetting vetting(String requestId) {
        return person.vettings().stream()
                .filter(each -> each.requestId().equals(requestId))
                .findFirst()
                .orElseThrow();
    }
}
