package com.eventuall.e2e.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker is quiet about a good history, and finds each broken promise in a spoilt one, and that one alone. */
class CheckerTest {
    @Test
    void aGoodHistoryKeepsAllPromises() {
        assertThat(Checker.check(Recorded.good().facts())).isEmpty();
    }

    @Test
    void aShowMayComeToRestTwice() {
        List<Fact> facts = new ArrayList<>(Recorded.good().facts());
        facts.addAll(
                facts.stream().filter(fact -> fact.kind().startsWith("end-")).toList());
        assertThat(Checker.check(facts)).isEmpty();
    }

    static Stream<Arguments> spoilt() {
        return Stream.of(
                row(
                        "version-lost",
                        () -> Recorded.good()
                                .with(
                                        "patch",
                                        text -> text.replace("'from':2", "'from':3")
                                                .replace("'version':3", "'version':4"))),
                row(
                        "version-doubled",
                        () -> Recorded.good().with("patch", text -> text.replace("'from':2", "'from':1"))),
                row(
                        "version-back",
                        () -> Recorded.good()
                                .before(
                                        "end-queue",
                                        "snapshot",
                                        "ann",
                                        "{'client':'tab','epoch':'E','version':2,'state':"
                                                + "{'participants':{'ann':{'status':'online'},'bo':{'status':'online'}},'queue':{'pending':[],'live':['bo']},'stage':{'bo':{'stayId':'s1'}}}}")),
                row(
                        "ghost",
                        () -> Recorded.good()
                                .before("end-queue", "closed", "bo", "{'client':'tab','code':1006,'asked':false}")),
                row(
                        "missing-person",
                        () -> Recorded.good()
                                .with(
                                        "patch",
                                        text -> text.replace("'bo':{'status':'online'}", "'bo':{'status':'offline'}"))
                                .with(
                                        "snapshot",
                                        text -> text.replace("'bo':{'status':'online'}", "'bo':{'status':'offline'}"))),
                row(
                        "state-differs",
                        () -> Recorded.good()
                                .with(
                                        "snapshot",
                                        text -> text.replace("'stage':{'bo'", "'pins':{'T':1},'stage':{'bo'"))),
                row(
                        "queue-differs",
                        () -> Recorded.good()
                                .with(
                                        "patch",
                                        text -> text.replace("'queue':{'live':['bo']}", "'queue':{'live':['bo','bo']}"))
                                .with("snapshot", text -> text.replace("'live':['bo']", "'live':['bo','bo']"))),
                row(
                        "stage-differs",
                        () -> Recorded.good()
                                .with("patch", text -> text.replace("'stage':{'bo':{'stayId':'s1'}}", "'stage':{}"))
                                .with(
                                        "snapshot",
                                        text -> text.replace("'stage':{'bo':{'stayId':'s1'}}", "'stage':{}"))),
                row(
                        "document-differs",
                        () -> Recorded.good().with("end-document", text -> text.replace("'live':['bo']", "'live':[]"))),
                row("event-lost", () -> Recorded.good().event("queue-changed", "queue-service", 4, "{}")),
                row(
                        "event-changed",
                        () -> Recorded.good()
                                .event("vetting-opened", "chat-service", 1, "{'userId':'cy','requestId':'q1'}")),
                row(
                        "double-stay",
                        () -> Recorded.good()
                                .event(
                                        "stage-entered",
                                        "queue-service",
                                        3,
                                        "{'userId':'bo','stayId':'s1','enteredAt':1000000}")),
                row(
                        "exit-without-entry",
                        () -> Recorded.good()
                                .event(
                                        "stage-exited",
                                        "queue-service",
                                        3,
                                        "{'userId':'cy','stayId':'s9','exitedAt':2000}")),
                row(
                        "stays-differ",
                        () -> Recorded.good()
                                .event(
                                        "stage-exited",
                                        "queue-service",
                                        3,
                                        "{'userId':'bo','stayId':'s1','exitedAt':1009000}")),
                row("acked-edit-lost", () -> Recorded.good().before("end-queue", "acked", "cy", "{'place':'pending'}")),
                row("acked-edit-lost", () -> Recorded.good().before("end-queue", "refused", "bo", "{'status':404}")),
                row(
                        "doubled-person",
                        () -> Recorded.good()
                                .with("end-queue", text -> text.replace("'live':['bo']", "'live':['bo','bo']"))
                                .with("end-document", text -> text.replace("'live':['bo']", "'live':['bo','bo']"))
                                .with(
                                        "patch",
                                        text -> text.replace("'queue':{'live':['bo']}", "'queue':{'live':['bo','bo']}"))
                                .with("snapshot", text -> text.replace("'live':['bo']", "'live':['bo','bo']"))),
                row(
                        "recording-lost",
                        () -> Recorded.good().without(fact -> fact.kind().equals("end-recording"))),
                row(
                        "recording-stuck",
                        () -> Recorded.good().with("end-recording", text -> text.replaceFirst("READY", "STOPPING"))),
                row("orphan-stream", () -> Recorded.good().with("end-mux", text -> text.replace("disabled", "active"))),
                row(
                        "duplicate-stream",
                        () -> Recorded.good()
                                .with(
                                        "end-mux",
                                        text -> text.replace(
                                                "'live_streams':[",
                                                "'live_streams':[{'id':'L2','passthrough':'rec:x:R1','status':'disabled'},"))),
                row(
                        "orphan-egress",
                        () -> Recorded.good().with("end-livekit", text -> text.replace("COMPLETE", "ACTIVE"))),
                row(
                        "missing-clip",
                        () -> Recorded.good()
                                .with("end-recording", text -> text.replaceFirst("'clips':\\[.*\\]", "'clips':[]"))),
                row("missing-clip", () -> Recorded.good().with("end-mux", text -> text.replace(",{'id':'C1'}", ""))),
                row(
                        "clip-not-ready",
                        () -> Recorded.good()
                                .with(
                                        "end-recording",
                                        text -> text.replace(
                                                "'userId':'bo','state':'READY'", "'userId':'bo','state':'FAILED'"))),
                row(
                        "clip-length",
                        () -> Recorded.good().with("end-recording", text -> text.replace("'end':4", "'end':3"))),
                row(
                        "extra-clip",
                        () -> Recorded.good()
                                .with("event", text -> text.replace("'enteredAt':1000000", "'enteredAt':1009900"))),
                row(
                        "double-clip",
                        () -> Recorded.good()
                                .with(
                                        "end-recording",
                                        text -> text.replace("'start':0,'end':4", "'start':0,'end':2")
                                                .replace(
                                                        "'clips':[",
                                                        "'clips':[{'userId':'bo','state':'READY','assetId':'C1','sourceAssetId':'A1','start':2,'end':4,'stayIds':['s1']},"))),
                row(
                        "second-conversation",
                        () -> Recorded.good()
                                .with(
                                        "end-twilio",
                                        text -> text.replace(
                                                "'conversations':[",
                                                "'conversations':[{'sid':'CH2','unique_name':'x:e:r'},"))),
                row(
                        "reaction-lost",
                        () -> Recorded.good().with("end-reactions", text -> text.replace("'ann'", "'bo'"))),
                row("vetting-differs", () -> Recorded.good().with("end-vetting", text -> "[{'userId':'bo'}]")),
                row(
                        "vetting-not-closed",
                        () -> Recorded.good()
                                .without(fact ->
                                        fact.data().path("topic").asText().equals("vetting-closed"))),
                row(
                        "vetting-closed-twice",
                        () -> Recorded.good()
                                .event(
                                        "vetting-closed",
                                        "chat-service",
                                        3,
                                        "{'userId':'bo','requestId':'q1','outcome':'approved'}")));
    }

    private static Arguments row(String kind, Supplier<Recorded> history) {
        return Arguments.of(kind, history);
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("spoilt")
    void aBrokenPromiseIsFound(String kind, Supplier<Recorded> history) {
        assertThat(Checker.check(history.get().facts()))
                .extracting(Violation::kind)
                .containsOnly(kind);
    }

    @Test
    void divergenceIsTheLongestTimeThatAClientSawSomethingElse() {
        Checker checker = new Checker();
        fact(checker, 0, "opened", "ann", "{'client':'tab'}");
        fact(
                checker,
                0,
                "snapshot",
                "ann",
                "{'client':'tab','epoch':'E','version':1,'state':{'participants':{'ann':{'status':'online'}}}}");
        fact(checker, 1_000, "opened", "bo", "{'client':'tab'}");
        fact(
                checker,
                1_300,
                "patch",
                "ann",
                "{'client':'tab','from':1,'version':2,'state':{'participants':{'bo':{'status':'online'}}}}");
        fact(checker, 2_000, "closed", "bo", "{'client':'tab','code':1006,'asked':false}");
        fact(
                checker,
                4_200,
                "patch",
                "ann",
                "{'client':'tab','from':2,'version':3,'state':{'participants':{'bo':{'status':'offline'}}}}");
        fact(checker, 5_000, "acked", "bo", "{'place':'pending'}");
        fact(
                checker,
                5_400,
                "patch",
                "ann",
                "{'client':'tab','from':3,'version':4,'state':{'queue':{'pending':['bo']}}}");
        assertThat(Map.of(
                        "presence",
                        checker.divergence().longestPresence(),
                        "queue",
                        checker.divergence().longestQueue()))
                .isEqualTo(Map.of("presence", 2_200L, "queue", 400L));
    }

    private static void fact(Checker checker, long at, String kind, String who, String data) {
        checker.see(new Fact(at, kind, Recorded.ROOM, who, Recorded.json(data)));
    }
}
