package com.eventuall.yjs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/** Real yjs, run by GraalJS inside the test's JVM. Slow (an interpreter), and right by definition. */
final class Oracle implements AutoCloseable {

    /** What GraalJS lacks of a browser, as far as yjs and y-protocols want it. */
    private static final String BROWSER = "globalThis.crypto = { subtle: {}, getRandomValues (a) {"
            + " for (let i = 0; i < a.length; i++) a[i] = Math.floor(Math.random() * 4294967296); return a } };"
            + " globalThis.setTimeout = () => 0; globalThis.setInterval = () => 0; globalThis.clearInterval = () => {}";

    private final Context js;

    Oracle() {
        js = Context.newBuilder("js")
                .allowHostAccess(HostAccess.ALL)
                .option("engine.WarnInterpreterOnly", "false")
                .build();
        js.eval("js", BROWSER);
        js.eval("js", script("oracle/yjs-bundle.min.js"));
        js.eval("js", script("oracle/scenario.js"));
    }

    /** One random session of several writers; the same for the same seed. */
    Vector scenario(int seed, int edits) {
        Value made = js.eval("js", "scenario").execute(seed, edits);
        Value updates = made.getMember("updates");
        List<byte[]> list = new ArrayList<>();
        for (long i = 0; i < updates.getArraySize(); i++) {
            list.add(bytes(updates.getArrayElement(i)));
        }
        return new Vector(
                seed,
                list,
                bytes(made.getMember("state")),
                bytes(made.getMember("stateVector")),
                bytes(made.getMember("known")),
                bytes(made.getMember("diff")),
                bytes(made.getMember("merged")));
    }

    /** What real yjs reads in a state; equal strings mean equal content. */
    String content(byte[] state) {
        return js.eval("js", "(buffer => content(new Uint8Array(buffer)))")
                .execute(ByteBuffer.wrap(state))
                .asString();
    }

    /** As {@code FuzzTest} sums up a document that was given these updates, and a copy of it. */
    List<String> summaries(List<byte[]> updates) {
        Value summaries = eval("(buffers => {"
                        + " const summary = doc => {"
                        + "  const clocks = [...YJS.Y.decodeStateVector(YJS.Y.encodeStateVector(doc))].sort((a, b) => a[0] - b[0]);"
                        + "  const keys = [...doc.getMap('queue').keys()].sort();"
                        + "  return '{' + clocks.map(([client, clock]) => client + '=' + clock).join(', ') + '} ["
                        + "' + keys.join(', ') + '] ' + doc.getArray('array').length };"
                        + " const doc = new YJS.Y.Doc(); const copy = new YJS.Y.Doc();"
                        + " for (const buffer of buffers) YJS.Y.applyUpdate(doc, new Uint8Array(buffer));"
                        + " YJS.Y.applyUpdate(copy, YJS.Y.encodeStateAsUpdate(doc));"
                        + " return [summary(doc), summary(copy)] })")
                .execute(updates.stream().map(ByteBuffer::wrap).toList());
        return List.of(
                summaries.getArrayElement(0).asString(),
                summaries.getArrayElement(1).asString());
    }

    Value eval(String source) {
        return js.eval("js", source);
    }

    static byte[] bytes(Value array) {
        byte[] bytes = new byte[(int) array.getArraySize()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) array.getArrayElement(i).asInt();
        }
        return bytes;
    }

    static InputStream resource(String name) {
        return Objects.requireNonNull(Oracle.class.getClassLoader().getResourceAsStream(name), name);
    }

    private static String script(String name) {
        try (InputStream in = resource(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        js.close();
    }
}
