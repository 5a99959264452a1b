import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Many WebSocket clients on one thread, as cheap as they can be: they find frame borders, count, and look for a text. On a
 * machine that the servers share, a costly client is what one would measure.
 *
 * <p>Reads commands from standard input, answers each with one line of JSON, in order:
 *
 * <pre>
 * open GROUP PORT PARALLEL FILE   one client per line of FILE: path, subprotocols or "", local address; tabs between
 * drop GROUP COUNT                cuts the last COUNT clients
 * narrow GROUP BYTES              clients that the group opens from now on have this receive buffer
 * read GROUP yes|no               whether the clients read at all
 * say GROUP TEXT                  each client sends TEXT, at most 125 bytes
 * mark GROUP TEXT                 from now on look for TEXT
 * seen GROUP                      how many have seen it, and when: nanoseconds of the system's monotonic clock
 * count GROUP                     clients, frames, bytes, closed ones, and most snapshots that one client got
 * </pre>
 *
 * <p>A refused upgrade with Retry-After is tried again after that time, as the client library does.
 */
public final class Crowd {
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(CrowdClient.BUFFER);
    private final Queue<String> commands = new ConcurrentLinkedQueue<>();
    private final Map<String, CrowdGroup> groups = new HashMap<>();
    private final PriorityQueue<Later> later = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));

    private record Later(long at, CrowdClient client) {}

    private Crowd() throws IOException {
        selector = Selector.open();
    }

    public static void main(String[] args) throws IOException {
        Crowd crowd = new Crowd();
        Thread reader = new Thread(() -> {
            try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    crowd.commands.add(line);
                    crowd.selector.wakeup();
                }
            } catch (IOException gone) {
                // As at the end of the input.
            }
            System.exit(0);
        });
        reader.setDaemon(true);
        reader.start();
        System.out.println("{\"ready\":true}");
        crowd.run();
    }

    private void run() throws IOException {
        while (true) {
            Later next = later.peek();
            long wait = next == null ? 0 : Math.max(1, (next.at - System.nanoTime()) / 1_000_000);
            selector.select(this::ready, wait);
            while (!later.isEmpty() && later.peek().at <= System.nanoTime()) {
                CrowdClient client = later.poll().client;
                client.group.later--;
                client.group.waiting.add(client);
                pump(client.group);
            }
            for (String command = commands.poll(); command != null; command = commands.poll()) {
                obey(command.split(" ", 5));
            }
        }
    }

    private void obey(String[] words) throws IOException {
        CrowdGroup group = groups.computeIfAbsent(words[1], CrowdGroup::new);
        switch (words[0]) {
            case "open" -> {
                group.parallel = Integer.parseInt(words[3]);
                group.begun = System.nanoTime();
                group.refusals = 0;
                for (String line : Files.readAllLines(Path.of(words[4]))) {
                    CrowdClient client = new CrowdClient(group, Integer.parseInt(words[2]), line.split("\t", -1));
                    group.clients.add(client);
                    group.waiting.add(client);
                }
                pump(group);
            }
            case "drop" -> {
                for (int i = Integer.parseInt(words[2]); i > 0 && !group.clients.isEmpty(); i--) {
                    CrowdClient client = group.clients.remove(group.clients.size() - 1);
                    if (client.channel != null && client.channel.isOpen()) {
                        client.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                        client.channel.close();
                    }
                }
                say("{\"clients\":" + group.clients.size() + "}");
            }
            case "narrow" -> {
                group.receiveBuffer = Integer.parseInt(words[2]);
                say("{}");
            }
            case "read" -> {
                for (CrowdClient client : group.clients) {
                    client.channel.keyFor(selector).interestOps(words[2].equals("yes") ? SelectionKey.OP_READ : 0);
                }
                say("{}");
            }
            case "say" -> {
                for (CrowdClient client : group.clients) {
                    client.send(1, words[2].getBytes(StandardCharsets.UTF_8));
                }
                say("{}");
            }
            case "mark" -> {
                group.mark = words[2].getBytes(StandardCharsets.UTF_8);
                group.seen = new long[group.clients.size()];
                group.seers = 0;
                group.marks++;
                say("{}");
            }
            case "seen" ->
                say("{\"count\":" + group.seers + ",\"of\":" + group.clients.size() + ",\"at\":"
                        + Arrays.toString(Arrays.copyOf(group.seen, group.seers)) + "}");
            case "count" -> {
                long frames = 0;
                long bytes = 0;
                int closed = 0;
                int most = 0;
                int without = 0;
                for (CrowdClient client : group.clients) {
                    frames += client.frames;
                    bytes += client.bytes;
                    closed += client.closed ? 1 : 0;
                    most = Math.max(most, client.snapshots);
                    without += client.snapshots == 0 ? 1 : 0;
                }
                say("{\"clients\":" + group.clients.size() + ",\"frames\":" + frames + ",\"bytes\":" + bytes
                        + ",\"closed\":" + closed + ",\"snapshots\":" + most + ",\"without\":" + without + "}");
            }
            default -> say("{\"error\":\"no such command\"}");
        }
    }

    private static void say(String json) {
        System.out.println(json);
    }

    private void pump(CrowdGroup group) throws IOException {
        while (group.connecting < group.parallel && !group.waiting.isEmpty()) {
            CrowdClient client = group.waiting.poll();
            group.connecting++;
            client.channel = SocketChannel.open();
            client.channel.configureBlocking(false);
            client.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (group.receiveBuffer > 0) {
                client.channel.setOption(StandardSocketOptions.SO_RCVBUF, group.receiveBuffer);
            }
            client.channel.bind(new InetSocketAddress(client.from, 0));
            client.channel.connect(new InetSocketAddress("127.0.0.1", client.port));
            client.channel.register(selector, SelectionKey.OP_CONNECT, client);
        }
    }

    private void answered(CrowdClient client) throws IOException {
        CrowdGroup group = client.group;
        group.connecting--;
        pump(group);
        settle(group);
    }

    /** All of the last "open" have had their answer. */
    private void settle(CrowdGroup group) {
        if (group.connecting == 0 && group.waiting.isEmpty() && group.later == 0) {
            long open = group.clients.stream().filter(client -> client.upgraded && !client.closed).count();
            say("{\"open\":" + open + ",\"refusals\":" + group.refusals + ",\"ms\":"
                    + (System.nanoTime() - group.begun) / 1_000_000 + "}");
        }
    }

    private void ready(SelectionKey key) {
        CrowdClient client = (CrowdClient) key.attachment();
        try {
            if (key.isConnectable()) {
                client.channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                client.channel.write(StandardCharsets.US_ASCII.encode("GET " + client.path
                        + " HTTP/1.1\r\nHost: 127.0.0.1:" + client.port
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + (client.protocols.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + client.protocols + "\r\n")
                        + "\r\n"));
            } else {
                read(client);
            }
        } catch (IOException gone) {
            closed(client);
        }
    }

    private void closed(CrowdClient client) {
        try {
            client.channel.close();
            client.closed = true;
            if (!client.upgraded) {
                // The listen queue overflowed, or the server is away: as a refusal that says "in a second".
                retry(client, 1);
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void retry(CrowdClient client, int seconds) throws IOException {
        client.group.refusals++;
        client.closed = false;
        client.rest = null;
        client.channel.close();
        later.add(new Later(System.nanoTime() + seconds * 1_000_000_000L, client));
        client.group.later++;
        client.group.connecting--;
        pump(client.group);
    }

    private void read(CrowdClient client) throws IOException {
        buffer.clear();
        if (client.rest != null) {
            buffer.put(client.rest);
            client.rest = null;
        }
        int got = client.channel.read(buffer);
        if (got < 0) {
            closed(client);
            return;
        }
        int end = buffer.position();
        byte[] data = buffer.array();
        int at = 0;
        if (!client.upgraded) {
            int head = CrowdClient.indexOf(data, 0, end, "\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            if (head < 0) {
                client.rest = Arrays.copyOf(data, end);
                return;
            }
            String answer = new String(data, 0, head, StandardCharsets.ISO_8859_1);
            if (!answer.startsWith("HTTP/1.1 101")) {
                String lower = answer.toLowerCase();
                int after = lower.indexOf("retry-after: ");
                if (after < 0) {
                    throw new IllegalStateException("Refused: " + answer.lines().findFirst().orElse(""));
                }
                retry(client, Integer.parseInt(lower.substring(after + 13).lines().findFirst().orElse("1").trim()));
                return;
            }
            client.upgraded = true;
            at = head + 4;
            answered(client);
            if (client.path.contains("EIO=4")) {
                client.send(1, "40".getBytes(StandardCharsets.US_ASCII));
            }
        }
        client.frames(data, at, end);
    }
}
