package com.eventuall.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventuall.contracts.CloseCode;
import com.eventuall.e2e.Socket;
import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a hostile client can do with a socket that it was let into: it loses that socket, and nobody else notices. */
@SecurityTest
class SocketAbuseTest {
    private static final String EVENT = "abuse";
    private static final String ROOT = "/v1/events/" + EVENT + "/rooms/";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long SEED = Long.getLong("security.seed", System.nanoTime());

    /** What to send, and the close codes that it deserves. */
    static Stream<Arguments> presenceFrames() {
        return Stream.of(
                frame("binary", RawSocket.BINARY, random(500), CloseCode.INVALID_MESSAGE),
                frame("4 KB of text and one", RawSocket.TEXT, text("a".repeat(4097)), CloseCode.MESSAGE_TOO_LARGE),
                frame("200 KB", RawSocket.TEXT, text("a".repeat(200_000)), CloseCode.MESSAGE_TOO_LARGE),
                frame("1 MB", RawSocket.TEXT, text("a".repeat(1_000_000)), CloseCode.MESSAGE_TOO_LARGE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("presenceFrames")
    void presenceEndsTheSocketThatSends(
            String name, int opcode, byte[] payload, Set<Integer> codes, Stack stack, Figures figures) {
        ends("presence", opcode, payload, codes, stack, figures);
    }

    static Stream<Arguments> queueFrames() {
        return Stream.of(
                frame("text", RawSocket.TEXT, text("{}"), CloseCode.INVALID_MESSAGE),
                frame("unknown message type", RawSocket.BINARY, new byte[] {99, 1, 2}, CloseCode.INVALID_MESSAGE),
                frame("update that is noise", RawSocket.BINARY, message(2, random(300)), CloseCode.INVALID_MESSAGE),
                frame(
                        "update of 128 KB",
                        RawSocket.BINARY,
                        message(2, random(140_000)),
                        CloseCode.MESSAGE_TOO_LARGE,
                        CloseCode.INVALID_MESSAGE),
                frame(
                        "update of 1 MB",
                        RawSocket.BINARY,
                        message(2, random(1 << 20)),
                        CloseCode.MESSAGE_TOO_LARGE,
                        CloseCode.INVALID_MESSAGE),
                frame(
                        "state vector of 1 MB",
                        RawSocket.BINARY,
                        message(0, random(1 << 20)),
                        CloseCode.MESSAGE_TOO_LARGE,
                        CloseCode.INVALID_MESSAGE),
                frame(
                        "state vector that claims 2^31 clients",
                        RawSocket.BINARY,
                        message(0, new byte[] {-1, -1, -1, -1, 7}),
                        CloseCode.INVALID_MESSAGE),
                frame(
                        "length beyond its end",
                        RawSocket.BINARY,
                        new byte[] {0, 2, -1, -1, -1, -1, 7},
                        CloseCode.INVALID_MESSAGE),
                frame("3 MB", RawSocket.BINARY, random(3_000_000), CloseCode.MESSAGE_TOO_LARGE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queueFrames")
    void queueEndsTheSocketThatSends(
            String name, int opcode, byte[] payload, Set<Integer> codes, Stack stack, Figures figures) {
        ends("queue", opcode, payload, codes, stack, figures);
    }

    private static void ends(
            String kind, int opcode, byte[] payload, Set<Integer> codes, Stack stack, Figures figures) {
        StateProbe before = StateProbe.of(stack, EVENT, "quiet");
        figures.refused(() -> {
            try (RawSocket hostile = openAs("moderator", stack, kind, "abused", "mallory")) {
                hostile.send(opcode, payload);
                assertThat(hostile.awaitClose(LIMIT)).isIn(codes);
            }
        });
        before.assertUnchanged(stack, EVENT, "quiet", figures);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void brokenFramesEndTheSocket(String kind, Stack stack, Figures figures) {
        System.out.println("seed " + SEED);
        List<byte[]> broken = List.of(
                new byte[] {(byte) 0xff, (byte) 0xff, 1, 2, 3, 4, 5, 6, 7, 8},
                new byte[] {(byte) 0x81, 5, 'h', 'e', 'l', 'l', 'o'},
                new byte[] {(byte) 0x80, (byte) 0x81, 1, 2, 3, 4, 5},
                new byte[] {(byte) 0x82, (byte) 0xff, 127, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3, 4},
                new byte[] {(byte) 0x89, (byte) 0xfe, 1, 0, 1, 2, 3, 4});
        for (byte[] bytes : broken) {
            figures.refused(() -> {
                try (RawSocket hostile = open(stack, kind, "abused", "mallory")) {
                    hostile.write(bytes);
                    assertThat(hostile.awaitClose(LIMIT)).isIn(RawSocket.CUT, 1002, 1007, 1009);
                }
            });
        }
    }

    @Test
    void deepAndWrongJsonIsNotUnderstood(Stack stack, Figures figures) {
        List<String> messages = List.of(
                "[".repeat(2000),
                "{\"type\":".repeat(400) + "1" + "}".repeat(400),
                "{\"type\":\"heartbeat\",\"status\":\"root\"}",
                "{\"type\":{}}",
                "null",
                "",
                "\u0000");
        try (Socket socket = Socket.open(stack.http(), url(stack, "deep"), "presence.v1", pass(stack, "deep"))) {
            socket.await("hello");
            for (String message : messages) {
                figures.refused(() -> {
                    long errors = errors(socket);
                    socket.send(message);
                    await().atMost(LIMIT).until(() -> socket.isClosed() || errors(socket) > errors);
                });
            }
            assertThat(socket.isClosed()).isFalse();
        }
    }

    private static long errors(Socket socket) {
        return socket.messages().stream()
                .map(message -> message.path("type").asText())
                .filter("error"::equals)
                .count();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void floodEndsTheSocket(String kind, Stack stack, Figures figures) {
        figures.refused(() -> {
            try (RawSocket hostile = open(stack, kind, "flood", "mallory")) {
                byte[] payload = kind.equals("presence") ? text("{\"type\":\"resync\"}") : message(0, new byte[] {0});
                for (int i = 0; i < 3000; i++) {
                    hostile.send(kind.equals("presence") ? RawSocket.TEXT : RawSocket.BINARY, payload);
                }
                assertThat(hostile.awaitClose(LIMIT)).isEqualTo(CloseCode.TOO_MANY_MESSAGES.code());
            }
        });
    }

    @Test
    void sixthSocketOfOnePersonClosesTheOldest(Stack stack, Figures figures) {
        List<RawSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                sockets.add(open(stack, "presence", "many", "hydra"));
            }
            figures.refused(
                    () -> assertThat(sockets.get(0).awaitClose(LIMIT)).isEqualTo(CloseCode.CONNECTED_ELSEWHERE.code()));
        } finally {
            sockets.forEach(RawSocket::close);
        }
    }

    @Test
    void participantsEditsOfTheQueueAreRefused(Stack stack, Figures figures) {
        // One struct: client 1, clock 0, a text at the root "queue" that says so.
        byte[] update = {1, 1, 1, 0, 4, 1, 5, 'q', 'u', 'e', 'u', 'e', 1, 'x', 0};
        StateProbe before = StateProbe.of(stack, EVENT, "readonly");
        figures.refused(() -> {
            try (RawSocket hostile = open(stack, "queue", "readonly", "mallory")) {
                hostile.send(RawSocket.BINARY, message(2, update));
                hostile.send(RawSocket.TEXT, text("end"));
                hostile.awaitClose(LIMIT);
            }
        });
        before.assertUnchanged(stack, EVENT, "readonly", figures);
    }

    @Test
    void halfOpenUpgradesHoldNobodyUp(Stack stack, Figures figures) {
        List<RawSocket> pending = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                pending.add(RawSocket.halfOpen(stack, ROOT + "half/presence"));
            }
            try (Socket socket = Socket.open(stack.http(), url(stack, "half"), "presence.v1", pass(stack, "ann"))) {
                JsonNode hello = socket.await("hello");
                assertThat(hello.path("heartbeatMs").asInt()).isPositive();
            }
        } finally {
            pending.forEach(RawSocket::close);
        }
    }

    static Stream<String> kinds() {
        return Stream.of("presence", "queue");
    }

    private static RawSocket open(Stack stack, String kind, String room, String user) {
        return openAs("participant", stack, kind, room, user);
    }

    private static RawSocket openAs(String role, Stack stack, String kind, String room, String user) {
        return RawSocket.open(stack, ROOT + room + "/" + kind, kind + ".v1", stack.pass(user, role, EVENT));
    }

    private static String pass(Stack stack, String user) {
        return stack.pass(user, "participant", EVENT);
    }

    private static String url(Stack stack, String room) {
        return stack.origin().toString().replaceFirst("^http", "ws") + ROOT + room + "/presence";
    }

    private static Arguments frame(String name, int opcode, byte[] payload, CloseCode... codes) {
        Set<Integer> numbers =
                new HashSet<>(Arrays.stream(codes).map(CloseCode::code).toList());
        if (payload.length > 256 * 1024) {
            // Beyond what the server reads, the connection is cut while the client still sends.
            numbers.add(RawSocket.CUT);
        }
        return Arguments.of(name, opcode, payload, numbers);
    }

    /** A y-protocols sync message: 0 state vector, 1 answer, 2 update. */
    private static byte[] message(int step, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.write(step);
        int rest = content.length;
        while (rest > 127) {
            bytes.write(128 | (rest & 127));
            rest >>>= 7;
        }
        bytes.write(rest);
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(SEED).nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
