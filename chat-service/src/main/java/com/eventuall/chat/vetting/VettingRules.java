package com.eventuall.chat.vetting;

import com.eventuall.chat.vetting.VettingChange.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All vettings of one person in one room, and what facts do to them. Facts come from three topics without order between them,
 * and each may come again. What holds whatever the order:
 *
 * <ul>
 *   <li>at most one vetting is live;
 *   <li>every request gets exactly one {@code opened} and one {@code closed}, in this order (a conversation that vanished
 *       outside is made anew and told of once more);
 *   <li>a fact that came before changes nothing.
 * </ul>
 *
 * When a request comes while another one is live, the end of the former is on its way on another topic. The former then ends
 * with a provisional outcome, which the true one replaces if it comes before the conversation is closed.
 *
 * <p>An end names its request. Only entries from before they did so are attributed by time, which is a guess: the moments of
 * requests and of entries are on different clocks.
 *
 * @param vettings all of the person's vettings in the room, in any order
 * @param enteredAt when the person last came on stage there by a request that the entry did not name, epoch milliseconds on the
 *     clock of the queue's store; 0 if never
 */
public record VettingRules(List<Vetting> vettings, long enteredAt) {
    public VettingRules {
        vettings = List.copyOf(vettings);
    }

    /** The person asks for the stage. */
    public VettingChange requested(String requestId, long requestedAt, long now) {
        if (find(requestId).isPresent()) {
            return VettingChange.NONE;
        }
        Vetting fresh = Vetting.requested(requestId, requestedAt, now);
        if (requestedAt <= enteredAt) {
            return VettingChange.of(fresh.ending(Outcome.APPROVED, false, now));
        }
        Optional<Vetting> live = live();
        if (live.isEmpty()) {
            return VettingChange.of(fresh);
        }
        if (live.get().requestedAt() > requestedAt) {
            return VettingChange.of(fresh.ending(Outcome.WITHDRAWN, true, now));
        }
        return VettingChange.of(live.get().ending(Outcome.WITHDRAWN, true, now), fresh);
    }

    /** The request ended, by its person coming on stage or in another way. May come before the request itself. */
    public VettingChange ended(String requestId, Outcome outcome, long at, long now) {
        Vetting vetting = find(requestId).orElseGet(() -> Vetting.requested(requestId, at, now));
        // What was attributed to this request by time may belong to another one; what names the request knows better.
        boolean inferred = vetting.phase() == Phase.CLOSING
                && vetting.outcome() == Outcome.APPROVED
                && vetting.outcome() != outcome
                && vetting.requestedAt() <= enteredAt;
        return canStillEnd(vetting) || inferred
                ? VettingChange.of(vetting.ending(outcome, false, now))
                : VettingChange.NONE;
    }

    /** The person came on stage, by a request that is not named: the latest one before that moment is taken for it. */
    public VettingChange entered(long at, long now) {
        return vettings.stream()
                .filter(vetting -> vetting.requestedAt() <= at && canStillEnd(vetting))
                .max(Comparator.comparingLong(Vetting::requestedAt))
                .map(vetting -> VettingChange.of(vetting.ending(Outcome.APPROVED, false, now)))
                .orElse(VettingChange.NONE);
    }

    /** The conversation is there; also for a vetting that has ended meanwhile. */
    public VettingChange opened(String requestId, String conversationSid, long now) {
        return find(requestId)
                .filter(vetting -> vetting.next() == Vetting.Step.OPEN)
                .map(vetting -> vetting.withConversation(conversationSid, now))
                .map(vetting -> VettingChange.of(vetting).telling(Kind.OPENED, vetting))
                .orElse(VettingChange.NONE);
    }

    /** The conversation of an ended vetting is closed. */
    public VettingChange closed(String requestId, long now) {
        return find(requestId)
                .filter(vetting -> vetting.next() == Vetting.Step.CLOSE)
                .map(vetting -> vetting.closed(now))
                .map(vetting -> VettingChange.of(vetting).telling(Kind.CLOSED, vetting))
                .orElse(VettingChange.NONE);
    }

    /** Somebody deleted the conversation outside: a live vetting gets a new one, an ended one needs none any more. */
    public VettingChange conversationGone(String conversationSid, long now) {
        return byConversation(conversationSid)
                .map(vetting -> switch (vetting.phase()) {
                    case REQUESTED, OPEN -> VettingChange.of(vetting.withoutConversation(now));
                    case CLOSING -> closed(vetting.requestId(), now);
                    case CLOSED -> VettingChange.NONE;
                })
                .orElse(VettingChange.NONE);
    }

    /** The conversation was closed outside, by the vendor's timer or by hand; it cannot be opened again. */
    public VettingChange conversationClosed(String conversationSid, long now) {
        return byConversation(conversationSid)
                .map(vetting -> {
                    Vetting ended = vetting.phase().isLive() ? vetting.ending(Outcome.EXPIRED, false, now) : vetting;
                    if (ended.next() != Vetting.Step.CLOSE) {
                        return VettingChange.NONE;
                    }
                    Vetting closed = ended.closed(now);
                    return VettingChange.of(closed).telling(Kind.CLOSED, closed);
                })
                .orElse(VettingChange.NONE);
    }

    /** The vettings after a change. */
    public VettingRules after(VettingChange change) {
        List<Vetting> all = new ArrayList<>(vettings);
        for (Vetting changed : change.vettings()) {
            all.removeIf(old -> old.requestId().equals(changed.requestId()));
            all.add(changed);
        }
        return new VettingRules(all, enteredAt);
    }

    /** The one that is live. */
    public Optional<Vetting> live() {
        return vettings.stream().filter(vetting -> vetting.phase().isLive()).findFirst();
    }

    private static boolean canStillEnd(Vetting vetting) {
        return vetting.phase().isLive() || (vetting.phase() == Phase.CLOSING && vetting.provisional());
    }

    private Optional<Vetting> find(String requestId) {
        return vettings.stream()
                .filter(vetting -> vetting.requestId().equals(requestId))
                .findFirst();
    }

    private Optional<Vetting> byConversation(String sid) {
        return vettings.stream()
                .filter(vetting -> sid.equals(vetting.conversationSid()))
                .findFirst();
    }
}
