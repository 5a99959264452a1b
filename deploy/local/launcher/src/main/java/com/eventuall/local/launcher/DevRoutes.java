package com.eventuall.local.launcher;

import com.eventuall.contracts.Role;
import com.eventuall.local.passes.PassIssuer;
import com.eventuall.local.passes.PassRequest;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /dev/…}: passes, revocations, what runs where, and signals to the processes. */
final class DevRoutes {
    private static final long BODY_LIMIT = 64 * 1024;
    private static final Map<String, Consumer<ControlledProcess>> ACTIONS = Map.of(
            "kill", ControlledProcess::kill,
            "term", ControlledProcess::term,
            "pause", ControlledProcess::pause,
            "resume", ControlledProcess::resume,
            "start", ControlledProcess::start);

    private final Vertx vertx;
    private final PassIssuer passes;
    private final Revocations revocations;
    private final List<ControlledProcess> processes;
    private final Supplier<JsonObject> info;

    DevRoutes(
            Vertx vertx,
            PassIssuer passes,
            Revocations revocations,
            List<ControlledProcess> processes,
            Supplier<JsonObject> info) {
        this.vertx = vertx;
        this.passes = passes;
        this.revocations = revocations;
        this.processes = List.copyOf(processes);
        this.info = info;
    }

    void mount(Router router) {
        router.route("/dev/*").handler(new LoopbackGuard());
        router.route("/dev/*").handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
        router.post("/dev/passes").handler(withBody(this::issue));
        router.post("/dev/revocations").handler(withBody(this::revoke));
        router.get("/dev/info").handler(call -> answer(call, 200, info.get()));
        router.post("/dev/processes/:name/:action").handler(this::control);
        router.route("/dev/*").handler(call -> Problems.answer(call, 404, "There is no such development route"));
    }

    private interface WithBody {
        void handle(RoutingContext call, JsonObject body);
    }

    private static Handler<RoutingContext> withBody(WithBody handler) {
        return call -> {
            try {
                JsonObject body = call.body().asJsonObject();
                handler.handle(call, body == null ? new JsonObject() : body);
            } catch (DecodeException | IllegalArgumentException | ClassCastException e) {
                Problems.answer(call, 400, "Not understood: " + e.getMessage());
            }
        };
    }

    private void issue(RoutingContext call, JsonObject body) {
        String userId = required(body, "userId");
        String role = body.getString("role", Role.PARTICIPANT.wireName());
        PassRequest request = new PassRequest(
                userId,
                body.getString("name", userId),
                required(body, "eventId"),
                Role.valueOf(role.toUpperCase(Locale.ROOT)),
                rooms(body.getJsonArray("rooms")),
                body.getLong("ttlSeconds", PassRequest.DEFAULT_TTL_SECONDS),
                claims(body.getJsonObject("claims", new JsonObject())));
        answer(call, 200, new JsonObject().put("pass", passes.issue(request)));
    }

    private static @Nullable List<String> rooms(@Nullable JsonArray rooms) {
        return rooms == null ? null : rooms.stream().map(String.class::cast).toList();
    }

    private static Map<String, @Nullable Object> claims(JsonObject claims) {
        Map<String, @Nullable Object> plain = new HashMap<>();
        claims.fieldNames().forEach(name -> plain.put(name, plain(claims.getValue(name))));
        return plain;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof JsonArray array) {
            return array.getList();
        }
        return value instanceof JsonObject object ? object.getMap() : value;
    }

    private void revoke(RoutingContext call, JsonObject body) {
        revocations
                .revoke(required(body, "eventId"), required(body, "userId"))
                .onSuccess(done -> call.response().setStatusCode(204).end())
                .onFailure(failure -> Problems.answer(call, 503, "Not revoked: " + failure.getMessage()));
    }

    private void control(RoutingContext call) {
        String name = call.pathParam("name");
        Consumer<ControlledProcess> action = ACTIONS.get(call.pathParam("action"));
        Optional<ControlledProcess> process =
                processes.stream().filter(one -> one.name().equals(name)).findFirst();
        if (action == null || process.isEmpty()) {
            Problems.answer(call, 404, "There is no such process or action");
            return;
        }
        Future<Void> done = vertx.executeBlocking(
                () -> {
                    action.accept(process.get());
                    return null;
                },
                false);
        done.onSuccess(end -> answer(
                        call,
                        200,
                        new JsonObject()
                                .put("name", name)
                                .put("state", process.get().state())))
                .onFailure(failure -> Problems.answer(call, 500, "Failed: " + failure.getMessage()));
    }

    private static String required(JsonObject body, String name) {
        String value = body.getString(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static void answer(RoutingContext call, int status, JsonObject body) {
        call.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(body.toBuffer());
    }
}
