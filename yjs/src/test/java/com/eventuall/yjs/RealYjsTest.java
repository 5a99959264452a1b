package com.eventuall.yjs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The engine against real yjs. Bytes are compared first: yjs itself writes the same document in the same bytes nearly
 * always. Where they differ, real yjs reads both and must find the same content.
 */
class RealYjsTest {

    private static Oracle oracle;

    @BeforeAll
    static void start() {
        oracle = new Oracle();
    }

    @AfterAll
    static void stop() {
        oracle.close();
    }

    @Test
    void goldenVectorsMadeWithNodeGiveTheSameDocument() throws IOException {
        List<Vector> vectors = Vector.golden();
        assertThat(vectors).hasSizeGreaterThanOrEqualTo(4000);
        compare("golden", vectors);
    }

    @Test
    void randomSessionsGiveTheSameDocument() {
        int seeds = Integer.getInteger("yjs.oracle.seeds", 200);
        int first = Seeds.of("RealYjsTest");
        List<Vector> vectors = new ArrayList<>();
        for (int i = 0; i < seeds; i++) {
            vectors.add(oracle.scenario(first + i, 24));
        }
        compare("random from seed " + first, vectors);
    }

    @Test
    void realYjsReadsWhatTheEngineWrites() {
        Doc doc = new Doc(() -> 77);
        doc.transact(() -> {
            doc.getMap("map").set("a", "hello");
            doc.getMap("map").set("a", 1.5);
            YMap nested = doc.getMap("map").setMap("b");
            nested.set("k", Arrays.asList(1, null, "😀"));
            doc.getArray("array").insert(0, 1, 2, 3);
            doc.getArray("array").delete(1, 1);
            doc.getText("text").insert(0, "a😀b");
            doc.getText("text").delete(0, 1);
        });
        assertThat(oracle.content(doc.encodeStateAsUpdate()))
                .isEqualTo("[[[\"a\",1.5],[\"b\",[[\"k\",[1,null,\"😀\"]]]]],[1,3],"
                        + "{\"delta\":[[[\"insert\",\"😀b\"]]]},[],[]]");
    }

    /**
     * What is compared is a third document of real yjs that reads every update of both. The one that writes may differ from
     * all others in one thing: where it cuts a surrogate pair to look for a place, it keeps two U+FFFD, and tells nobody
     * unless it then writes there.
     */
    @Test
    void bothWriteInTurnAndAgree() {
        int seed = Seeds.of("RealYjsTest.bothWriteInTurnAndAgree");
        Random random = new Random(seed);
        Doc mine = new Doc(() -> random.nextInt() & 0xffffffffL);
        var theirs = oracle.eval("globalThis.theirs = new YJS.Y.Doc(); theirs.isOracle = true;"
                + " (buffer => { YJS.Y.applyUpdate(theirs, new Uint8Array(buffer)) })");
        var theyWrite = oracle.eval("((seed) => { const before = YJS.Y.encodeStateVector(theirs);"
                + " const session = new Session(random(seed)); for (let i = 0; i < 3; i++) session.edit(theirs);"
                + " return YJS.Y.encodeStateAsUpdate(theirs, before) })");
        var reader = oracle.eval("globalThis.reader = new YJS.Y.Doc();"
                + " (buffer => { YJS.Y.applyUpdate(reader, new Uint8Array(buffer)) })");
        mine.onUpdate(update -> {
            theirs.executeVoid(ByteBuffer.wrap(update));
            reader.executeVoid(ByteBuffer.wrap(update));
        });
        for (int round = 0; round < 40; round++) {
            byte[] written = Oracle.bytes(theyWrite.execute(random.nextInt()));
            reader.executeVoid(ByteBuffer.wrap(written));
            mine.applyUpdate(written);
            RandomWriter.edit(mine, random);
        }
        byte[] read = Oracle.bytes(oracle.eval("YJS.Y.encodeStateAsUpdate(reader)"));
        assertThat(oracle.content(mine.encodeStateAsUpdate()))
                .as("seed %d", seed)
                .isEqualTo(oracle.content(read));
        assertThat(mine.stateVector())
                .isEqualTo(StateVector.decode(Oracle.bytes(oracle.eval("YJS.Y.encodeStateVector(theirs)"))));
    }

    private static void compare(String name, List<Vector> vectors) {
        int[] identical = new int[3];
        for (Vector vector : vectors) {
            Doc doc = new Doc(() -> 1);
            vector.updates().forEach(doc::applyUpdate);
            assertThat(doc.stateVector()).as("%s", vector).isEqualTo(StateVector.decode(vector.stateVector()));
            identical[0] += same(vector, doc.encodeStateAsUpdate(), vector.state());
            byte[] diff = doc.encodeStateAsUpdate(StateVector.decode(vector.known()));
            identical[1] += Arrays.equals(diff, vector.diff()) ? 1 : 0;
            identical[2] += same(vector, Updates.merge(vector.updates()), vector.merged());
        }
        System.out.printf(
                "yjs vectors, %s: %d; identical bytes: state %d, difference %d, merged update %d%n",
                name, vectors.size(), identical[0], identical[1], identical[2]);
        assertThat(identical[0]).as("identical states").isGreaterThanOrEqualTo(atLeast(vectors, 0.995));
        assertThat(identical[1]).as("identical differences").isGreaterThanOrEqualTo(atLeast(vectors, 0.99));
        assertThat(identical[2]).as("identical merged updates").isGreaterThanOrEqualTo(atLeast(vectors, 0.995));
    }

    private static int atLeast(List<Vector> vectors, double share) {
        return (int) Math.floor(vectors.size() * share);
    }

    private static int same(Vector vector, byte[] mine, byte[] expected) {
        if (Arrays.equals(mine, expected)) {
            return 1;
        }
        assertThat(oracle.content(mine)).as("%s", vector).isEqualTo(oracle.content(expected));
        return 0;
    }
}
