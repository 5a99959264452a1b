package com.eventuall.yjs;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * What a reader is sent, in order, and what real yjs makes of it.
 *
 * @param known the state vector of some other replica, and {@code diff} what it lacks
 * @param merged all updates as one, made without a document
 */
record Vector(
        int seed, List<byte[]> updates, byte[] state, byte[] stateVector, byte[] known, byte[] diff, byte[] merged) {

    /** The vectors made with Node, see {@code src/test/js/golden.mjs} for the form. */
    static List<Vector> golden() throws IOException {
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(new GZIPInputStream(Oracle.resource("golden/yjs-13.6.33.bin.gz"))))) {
            List<Vector> vectors = new ArrayList<>();
            for (int rest = in.readInt(); rest > 0; rest--) {
                int seed = in.readInt();
                List<byte[]> updates = new ArrayList<>();
                for (int n = in.readInt(); n > 0; n--) {
                    updates.add(block(in));
                }
                vectors.add(new Vector(seed, updates, block(in), block(in), block(in), block(in), block(in)));
            }
            return vectors;
        }
    }

    private static byte[] block(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    @Override
    public String toString() {
        return "seed " + seed;
    }
}
