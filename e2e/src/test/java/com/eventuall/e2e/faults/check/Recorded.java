package com.eventuall.e2e.faults.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A made-up history that keeps every promise, and ways to spoil it. JSON is written with single quotes. */
final class Recorded {
    static final String ROOM = "e:r";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Fact> facts = new ArrayList<>();
    private long at = 1_000_000;

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    Recorded add(String kind, String who, String data) {
        facts.add(new Fact(at, kind, ROOM, who, json(data)));
        at += 100;
        return this;
    }

    Recorded event(String topic, String service, int sequence, String payload) {
        return add(
                "event",
                "",
                "{'topic':'" + topic + "','source':'/eventuall/" + service + "','id':'" + service + sequence
                        + "','sequence':" + sequence + ",'payload':" + payload + "}");
    }

    /** Two people; one asks, is vetted, comes on stage, is recorded for four seconds, and stays there. */
    static Recorded good() {
        String state = "{'participants':{'ann':{'status':'online'},'bo':{'status':'online'}},"
                + "'queue':{'pending':[],'live':['bo']},'stage':{'bo':{'stayId':'s1'}}}";
        return new Recorded()
                .add("opened", "ann", "{'client':'tab'}")
                .add(
                        "snapshot",
                        "ann",
                        "{'client':'tab','epoch':'E','version':1,'state':"
                                + "{'participants':{'ann':{'status':'online'}},'queue':{'pending':[],'live':[]},'stage':{}}}")
                .add("opened", "bo", "{'client':'tab'}")
                .add(
                        "patch",
                        "ann",
                        "{'client':'tab','from':1,'version':2,'state':{'participants':{'bo':{'status':'online'}}}}")
                .add("asked", "bo", "{'place':'pending'}")
                .add("acked", "bo", "{'place':'pending'}")
                .event("stage-requested", "queue-service", 1, "{'userId':'bo','requestId':'q1','requestedAt':1}")
                .add("asked", "bo", "{'place':'live'}")
                .add("acked", "bo", "{'place':'live'}")
                .event("stage-entered", "queue-service", 2, "{'userId':'bo','stayId':'s1','enteredAt':1000000}")
                .add(
                        "patch",
                        "ann",
                        "{'client':'tab','from':2,'version':3,'state':"
                                + "{'queue':{'live':['bo']},'stage':{'bo':{'stayId':'s1'}}}}")
                .add("snapshot", "bo", "{'client':'tab','epoch':'E','version':3,'state':" + state + "}")
                .add("recording", "R1", "{}")
                .event("vetting-opened", "chat-service", 1, "{'userId':'bo','requestId':'q1'}")
                .event("vetting-closed", "chat-service", 2, "{'userId':'bo','requestId':'q1','outcome':'approved'}")
                .add("toggled", "ann", "{'message':'IM1','emoji':'heart','reacted':true}")
                .add("end-queue", "", "{'pending':[],'live':['bo']}")
                .add("end-document", "editor", "{'pending':[],'live':['bo']}")
                .add("end-vetting", "", "[]")
                .add("end-reactions", "", "{'message':'IM1','reactions':{'heart':['ann']}}")
                .add(
                        "end-recording",
                        "R1",
                        "{'state':'READY','assets':[{'id':'A1'}],'clips':[{'userId':'bo','state':'READY',"
                                + "'assetId':'C1','sourceAssetId':'A1','start':0,'end':4,'stayIds':['s1']}]}")
                .add(
                        "end-mux",
                        "",
                        "{'live_streams':[{'id':'L1','passthrough':'rec:x:R1','status':'disabled'}],'assets':[{'id':'A1',"
                                + "'recording_times':[{'started_at':'1970-01-01T00:16:45Z','duration':4,'type':'content'}]},{'id':'C1'}]}")
                .add("end-livekit", "", "{'egresses':[{'egressId':'EG1','status':'EGRESS_COMPLETE'}]}")
                .add("end-twilio", "", "{'conversations':[{'sid':'CH1','unique_name':'x:e:r'}]}");
    }

    /** Leaves out all facts like this. */
    Recorded without(Predicate<Fact> like) {
        int before = facts.size();
        facts.removeIf(like);
        if (facts.size() == before) {
            throw new IllegalArgumentException("there is no such fact");
        }
        return this;
    }

    /** Changes the text of the data of the facts of a kind; at least one must change. */
    Recorded with(String kind, UnaryOperator<String> change) {
        boolean[] changed = {false};
        facts.replaceAll(fact -> {
            if (!fact.kind().equals(kind)) {
                return fact;
            }
            String text = fact.data().toString().replace('"', '\'');
            String after = change.apply(text);
            changed[0] |= !after.equals(text);
            return new Fact(fact.at(), kind, fact.room(), fact.who(), json(after));
        });
        if (!changed[0]) {
            throw new IllegalArgumentException("nothing changed in " + kind);
        }
        return this;
    }

    /** Puts a fact in front of the first of a kind. */
    Recorded before(String kind, String newKind, String who, String data) {
        for (int i = 0; i < facts.size(); i++) {
            if (facts.get(i).kind().equals(kind)) {
                facts.add(i, new Fact(facts.get(i).at(), newKind, ROOM, who, json(data)));
                return this;
            }
        }
        throw new IllegalArgumentException("there is no " + kind);
    }

    List<Fact> facts() {
        return facts;
    }
}
