package com.eventuall.presence.ws;

import com.eventuall.presence.Update;
import com.eventuall.presence.wire.WireEncoder;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot as frames: as text, and compressed for those who take that. Each is made when it is first asked for, and shared.
 * To be used on the room's thread.
 */
final class SnapshotFrames {
    /** What is smaller fits into one packet anyway. */
    private static final int WORTH_COMPRESSING = 1024;

    private final String epoch;
    private final long version;
    private final boolean lite;
    private final byte[] message;
    private @Nullable ByteBuf text;
    private @Nullable ByteBuf gzip;

    SnapshotFrames(Update.Snapshot snapshot) {
        epoch = snapshot.epoch();
        version = snapshot.version();
        lite = snapshot.lite();
        message = WireEncoder.message(snapshot);
    }

    boolean are(Update.Snapshot snapshot) {
        return version == snapshot.version() && lite == snapshot.lite() && epoch.equals(snapshot.epoch());
    }

    /** A text frame; the caller releases it. */
    ByteBuf text() {
        if (text == null) {
            text = Frames.text(message);
        }
        return text.retain();
    }

    /** A binary frame with the message compressed, or the text frame of a small one; the caller releases it. */
    ByteBuf gzip() {
        if (message.length < WORTH_COMPRESSING) {
            return text();
        }
        if (gzip == null) {
            gzip = Frames.binary(compressed());
        }
        return gzip.retain();
    }

    void release() {
        if (text != null) {
            text.release();
            text = null;
        }
        if (gzip != null) {
            gzip.release();
            gzip = null;
        }
    }

    private byte[] compressed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.length / 4);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(message);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can be written to", e);
        }
        return bytes.toByteArray();
    }
}
