package com.eventuall.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.eventuall.local.infra.LoopbackPort;
import com.eventuall.local.infra.RunDirectory;
import com.eventuall.local.passes.PassIssuer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GatewayTest {
    private static final String ROOM = "/v1/events/e1/rooms/r1/";
    private static final int STREAMS = 40;
    private static final PassIssuer PASSES = PassIssuer.create();

    private static RunDirectory run;
    private static Vertx vertx;
    private static HttpClient http;
    private static List<Replica> replicas;
    private static int port;
    private static SilentSandbox sandboxes;

    private record Answer(int status, Map<String, String> headers, String body) {
        JsonObject json() {
            return new JsonObject(body);
        }
    }

    @BeforeAll
    static void start() {
        QuietLogs.install();
        run = RunDirectory.create();
        vertx = Vertx.vertx();
        http = vertx.createHttpClient();
        replicas = List.of(
                new Replica("presence-1", "presence-service", run, new FakeLaunch()),
                new Replica("presence-2", "presence-service", run, new FakeLaunch()));
        Fleet fleet = new Fleet(replicas);
        port = LoopbackPort.free();
        // Nothing listens at these stores.
        Revocations revocations = new Revocations(
                vertx,
                "redis://127.0.0.1:" + LoopbackPort.free(),
                "127.0.0.1:" + LoopbackPort.free(),
                Clock.systemUTC());
        DevRoutes dev = new DevRoutes(
                vertx, PASSES, revocations, List.copyOf(replicas), () -> new JsonObject().put("gateway", "here"));
        Console console = new Console(Path.of("no-such-directory"), port, Set.of());
        fleet.watch(vertx);
        sandboxes = new SilentSandbox();
        new Gateway(port, sandboxes.start(vertx), dev, fleet, console).start(vertx);
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        run.close();
    }

    @AfterEach
    void restoreReplicas() {
        replicas.forEach(Replica::resume);
        replicas.forEach(Replica::kill);
    }

    private void startReplicas() {
        replicas.forEach(Replica::start);
        await().untilAsserted(() -> assertThat(replicas).allMatch(Replica::takesRequests));
    }

    @Test
    void whatCannotBeReadIsAProblemToo() {
        Answer line = send(HttpMethod.GET, ROOM + "a".repeat(5000), "", Map.of());
        assertThat(line.status()).isEqualTo(414);
        assertThat(line.json().getString("code")).isEqualTo("invalid-request");
        Answer headers = send(HttpMethod.GET, ROOM + "queue", "", Map.of("X-Much", "a".repeat(17_000)));
        assertThat(headers.status()).isEqualTo(431);
        assertThat(headers.json().getInteger("status")).isEqualTo(431);
    }

    @Test
    void requestsGoToTheReplicasInTurnAndArriveUnchanged() {
        startReplicas();
        Set<Long> pids = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            JsonObject seen = send(HttpMethod.PUT, ROOM + "pins/TR_1?a=b%20c", "{\"userId\":\"u1\"}", Map.of())
                    .json();
            assertThat(seen.getString("uri")).isEqualTo(ROOM + "pins/TR_1?a=b%20c");
            assertThat(seen.getString("method")).isEqualTo("PUT");
            assertThat(seen.getString("body")).isEqualTo("{\"userId\":\"u1\"}");
            pids.add(seen.getLong("pid"));
        }
        assertThat(pids).hasSize(2);
    }

    @Test
    void theCallerIsDescribedByTheGatewayAndNotByItself() {
        startReplicas();
        Map<String, String> forged = Map.of("X-Forwarded-For", "6.6.6.6", "X-Forwarded-Prefix", "/evil");
        JsonObject headers =
                send(HttpMethod.GET, ROOM + "snapshot", "", forged).json().getJsonObject("headers");
        assertThat(headers.getString("x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(headers.getString("x-forwarded-proto")).isEqualTo("http");
        assertThat(headers.getString("x-forwarded-host")).isEqualTo("127.0.0.1:" + port);
        assertThat(headers.containsKey("x-forwarded-prefix")).isFalse();
    }

    @Test
    void aTraceGoesOnOrBegins() {
        startReplicas();
        String ours = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assertThat(traceParent(Map.of("traceparent", ours))).isEqualTo(ours);
        String begun = traceParent(Map.of());
        assertThat(begun).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01").isNotEqualTo(traceParent(Map.of()));
        String nobody = "00-00000000000000000000000000000000-00f067aa0ba902b7-01";
        assertThat(traceParent(Map.of("traceparent", nobody)))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .isNotEqualTo(nobody);
    }

    private static String traceParent(Map<String, String> headers) {
        return send(HttpMethod.GET, ROOM + "snapshot", "", headers)
                .json()
                .getJsonObject("headers")
                .getString("traceparent");
    }

    @Test
    void aReplicaThatWasAskedToLeaveGetsNoRequestsAlthoughItIsStillReady() {
        startReplicas();
        long leaving = replicas.get(0).pid();
        control("presence-1", "term");
        assertThat(replicas.get(0).takesRequests()).isFalse();
        assertThat(pidsOf(6)).doesNotContain(leaving);
    }

    @Test
    void aKilledOrPausedReplicaGetsNoRequestsAndARestartedOneDoes() {
        startReplicas();
        control("presence-1", "kill");
        assertThat(replicas.get(0).state()).isEqualTo("stopped");
        assertThat(pidsOf(6)).containsOnly(replicas.get(1).pid());

        control("presence-1", "start");
        await().untilAsserted(() -> assertThat(pidsOf(2)).hasSize(2));

        control("presence-2", "pause");
        assertThat(replicas.get(1).state()).isEqualTo("paused");
        assertThat(pidsOf(6)).containsOnly(replicas.get(0).pid());
        control("presence-2", "resume");
        await().untilAsserted(() -> assertThat(pidsOf(2)).hasSize(2));
    }

    @Test
    void aReplicaThatSaysItIsNotReadyGetsNoRequests() {
        startReplicas();
        long unready =
                send(HttpMethod.GET, ROOM + "unready", "", Map.of()).json().getLong("pid");
        await().untilAsserted(() -> assertThat(pidsOf(4)).hasSize(1).doesNotContain(unready));
    }

    @Test
    void withoutAReadyReplicaTheAnswerIs503AtOnce() {
        Answer answer = send(HttpMethod.GET, ROOM + "snapshot", "", Map.of());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("retry-after", "1");
        assertThat(send(HttpMethod.GET, ROOM + "queue", "", Map.of()).status()).isEqualTo(503);
        assertThat(send(HttpMethod.GET, "/v1/nothing", "", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void aWebSocketPassesThroughWithItsSubprotocol() {
        startReplicas();
        WebSocket socket = open("presence");
        List<String> received = new CopyOnWriteArrayList<>();
        socket.textMessageHandler(received::add);
        assertThat(socket.subProtocol()).isEqualTo("presence.v1");

        socket.writeTextMessage("a");
        socket.writeTextMessage("b");

        await().untilAsserted(() -> assertThat(received).containsExactly("echo a", "echo b"));
        socket.close();
    }

    @Test
    void aWebSocketEndsWithItsReplica() {
        startReplicas();
        WebSocket socket = open("presence");
        List<String> events = new CopyOnWriteArrayList<>();
        socket.closeHandler(closed -> events.add("closed"));
        replicas.forEach(Replica::kill);
        await().untilAsserted(() -> assertThat(events).containsExactly("closed"));
    }

    @Test
    void aRefusedUpgradeKeepsItsStatusHeadersAndBody() {
        startReplicas();
        assertThatThrownBy(() -> open("refused"))
                .cause()
                .isInstanceOfSatisfying(UpgradeRejectedException.class, refused -> {
                    assertThat(refused.getStatus()).isEqualTo(403);
                    assertThat(refused.getHeaders().get("WWW-Authenticate")).isEqualTo("Bearer");
                    assertThat(refused.getBody().toString()).isEqualTo("{\"code\":\"not-allowed\"}");
                });
    }

    /** A service finds its slow clients by what it cannot send; a gateway that buffered everything would hide them. */
    @Test
    void aCallerThatDoesNotReadStopsTheService() {
        startReplicas();
        replicas.get(1).kill();
        WebSocket socket = open("flood");
        socket.pause();

        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(20))
                .until(this::flooded, sent -> sent == flooded());
        assertThat(flooded()).isLessThan(32L << 20);
        socket.close();
    }

    @Test
    void manyStreamsOfTheSandboxesAreOpenAtOnceAndEndWithTheirCallers() {
        List<HttpClientRequest> streams = new CopyOnWriteArrayList<>();
        HttpClient callers = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(STREAMS));
        for (int i = 0; i < STREAMS; i++) {
            callers.request(new RequestOptions()
                            .setPort(port)
                            .setHost("127.0.0.1")
                            .setURI("/sandbox/stream"))
                    .onSuccess(request -> {
                        streams.add(request);
                        request.send();
                    });
        }
        await().untilAsserted(() -> assertThat(sandboxes.streams()).isEqualTo(STREAMS));
        assertThat(send(HttpMethod.GET, "/sandbox/other", "", Map.of()).status())
                .isEqualTo(200);
        streams.forEach(HttpClientRequest::reset);
        await().untilAsserted(() -> assertThat(sandboxes.streams()).isZero());
    }

    @Test
    void theDevelopmentRoutesAreForPagesAndProgramsOfThisMachine() {
        assertThat(send(HttpMethod.GET, "/dev/info", "", Map.of()).status()).isEqualTo(200);
        assertThat(send(HttpMethod.GET, "/dev/info", "", Map.of("Host", "rebound.example:" + port))
                        .status())
                .isEqualTo(403);
        assertThat(send(HttpMethod.GET, "/dev/info", "", Map.of("Origin", "http://evil.example"))
                        .status())
                .isEqualTo(403);
        assertThat(send(HttpMethod.GET, "/dev/info", "", Map.of("Origin", "http://localhost:" + port))
                        .status())
                .isEqualTo(200);
        assertThat(send(HttpMethod.GET, "/sandbox/livekit/state", "", Map.of("Origin", "null"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void passesSayWhatIsAskedFor() {
        Answer answer = send(
                HttpMethod.POST,
                "/dev/passes",
                "{\"userId\":\"u1\",\"name\":\"Ann\",\"eventId\":\"e1\",\"role\":\"moderator\",\"rooms\":[\"r1\"],"
                        + "\"ttlSeconds\":60,\"claims\":{\"aud\":\"x\",\"event_id\":null}}",
                Map.of());
        String[] parts = answer.json().getString("pass").split("\\.", -1);
        JsonObject claims = new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(parts[1])));
        assertThat(claims.getString("sub")).isEqualTo("u1");
        assertThat(claims.getJsonArray("groups")).isEqualTo(new JsonArray().add("moderator"));
        assertThat(claims.getJsonArray("rooms")).isEqualTo(new JsonArray().add("r1"));
        assertThat(claims.getString("aud")).isEqualTo("x");
        assertThat(claims.containsKey("event_id")).isFalse();
        assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(60);

        for (String wrong : List.of("{", "{}", "{\"userId\":\"u\",\"eventId\":\"e\",\"role\":\"king\"}")) {
            assertThat(send(HttpMethod.POST, "/dev/passes", wrong, Map.of()).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void aRevocationThatCannotBeStoredIsNotReportedAsDone() {
        Answer answer = send(HttpMethod.POST, "/dev/revocations", "{\"userId\":\"u1\",\"eventId\":\"e1\"}", Map.of());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(send(HttpMethod.POST, "/dev/processes/nobody/kill", "", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(send(HttpMethod.POST, "/dev/processes/presence-1/tickle", "", Map.of())
                        .status())
                .isEqualTo(404);
    }

    private long flooded() {
        return send(HttpMethod.GET, ROOM + "snapshot", "", Map.of()).json().getLong("flooded");
    }

    private static Set<Long> pidsOf(int requests) {
        Set<Long> pids = new HashSet<>();
        for (int i = 0; i < requests; i++) {
            Answer answer = send(HttpMethod.GET, ROOM + "snapshot", "", Map.of());
            assertThat(answer.status()).isEqualTo(200);
            pids.add(answer.json().getLong("pid"));
        }
        return pids;
    }

    private static void control(String name, String action) {
        assertThat(send(HttpMethod.POST, "/dev/processes/" + name + "/" + action, "", Map.of())
                        .status())
                .isEqualTo(200);
    }

    private static WebSocket open(String what) {
        return vertx.createWebSocketClient()
                .connect(new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI(ROOM + what)
                        .addSubProtocol("presence.v1"))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static Answer send(HttpMethod method, String uri, String body, Map<String, String> headers) {
        RequestOptions options = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setMethod(method)
                .setURI(uri)
                .setTimeout(20_000);
        headers.forEach(options::putHeader);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        // On the event loop from the first step: a body that ends before this thread asks for it would never be given.
        vertx.runOnContext(begin -> http.request(options)
                .compose(request -> request.send(body))
                .compose(response -> response.body().map(text -> {
                    Map<String, String> received = new HashMap<>();
                    response.headers()
                            .forEach(one -> received.put(one.getKey().toLowerCase(Locale.ROOT), one.getValue()));
                    return new Answer(response.statusCode(), received, text.toString());
                }))
                .onSuccess(answer::complete)
                .onFailure(answer::completeExceptionally));
        return answer.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static final class FakeLaunch implements Replica.Launch {
        @Override
        public List<String> command(Replica replica) {
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    FakeService.class.getName(),
                    Integer.toString(replica.port()),
                    Integer.toString(replica.managementPort()));
        }

        @Override
        public Map<String, String> environment(Replica replica) {
            return Map.of();
        }
    }
}
