import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One client: finds the borders of frames, counts them, and answers what must be answered. */
final class CrowdClient {
    private static final byte[] SNAPSHOT = "{\"type\":\"snapshot\"".getBytes(StandardCharsets.US_ASCII);
    static final int BUFFER = 256 * 1024;

    final CrowdGroup group;
    final String path;
    final String protocols;
    final String from;
    final int port;
    SocketChannel channel;
    byte[] rest;
    boolean upgraded;
    boolean closed;
    /** Bytes of a long frame that are still to come. */
    long skip;
    int marked;
    int snapshots;
    long frames;
    long bytes;

    CrowdClient(CrowdGroup group, int port, String[] line) {
        this.group = group;
        this.port = port;
        path = line[0];
        protocols = line.length > 1 ? line[1] : "";
        from = line.length > 2 ? line[2] : "127.0.0.1";
    }

    /** Takes what has come; keeps the beginning of a frame that is not whole. */
    void frames(byte[] data, int begin, int end) throws IOException {
        int at = begin;
        if (skip > 0) {
            int some = (int) Math.min(skip, end - at);
            skip -= some;
            at += some;
        }
        while (end - at >= 2) {
            long length = data[at + 1] & 127;
            int head = 2;
            if (length == 126) {
                head = 4;
            } else if (length == 127) {
                head = 10;
            }
            if (end - at < head) {
                break;
            }
            if (head > 2) {
                length = 0;
                for (int i = 2; i < head; i++) {
                    length = length << 8 | (data[at + i] & 255);
                }
            }
            int opcode = data[at] & 15;
            long whole = head + length;
            // Short frames are read as a whole; of long ones the beginning is enough.
            if (whole > end - at && (whole <= BUFFER / 4 || end - at < 64)) {
                break;
            }
            bytes += whole;
            int shown = (int) Math.min(whole, end - at);
            if (opcode == 1 || opcode == 2) {
                frames++;
                text(data, at + head, at + shown);
            } else if (opcode == 9) {
                send(10, Arrays.copyOfRange(data, at + head, at + shown));
            } else if (opcode == 8) {
                send(8, Arrays.copyOfRange(data, at + head, at + shown));
                closed = true;
            }
            skip = whole - shown;
            at += shown;
        }
        rest = at < end ? Arrays.copyOfRange(data, at, end) : null;
    }

    private void text(byte[] data, int begin, int end) throws IOException {
        if (path.contains("EIO=4") && end - begin == 1 && data[begin] == '2') {
            send(1, new byte[] {'3'});
        }
        if (end - begin >= SNAPSHOT.length && Arrays.equals(data, begin, begin + SNAPSHOT.length, SNAPSHOT, 0, SNAPSHOT.length)) {
            snapshots++;
        }
        if (marked != group.marks && group.mark.length > 0 && indexOf(data, begin, end, group.mark) >= 0) {
            marked = group.marks;
            if (group.seers < group.seen.length) {
                group.seen[group.seers++] = System.nanoTime();
            }
        }
    }

    /** A client's frame; masked with zeros, which is allowed and costs nothing. */
    void send(int opcode, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(6 + payload.length);
        frame.put((byte) (0x80 | opcode)).put((byte) (0x80 | payload.length)).putInt(0).put(payload).flip();
        channel.write(frame);
    }

    static int indexOf(byte[] data, int begin, int end, byte[] wanted) {
        byte first = wanted[0];
        for (int i = begin, last = end - wanted.length; i <= last; i++) {
            if (data[i] == first && Arrays.equals(data, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
