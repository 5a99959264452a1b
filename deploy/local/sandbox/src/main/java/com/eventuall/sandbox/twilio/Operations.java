package com.eventuall.sandbox.twilio;

import com.eventuall.sandbox.Calls;
import com.eventuall.sandbox.Exchange;
import com.eventuall.sandbox.Refusal;
import com.eventuall.sandbox.Reply;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Puts the operations of the service-scoped API on their paths, behind counts and failure switches. */
final class Operations {
    private static final String SERVICE = "/v1/Services/:service";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Router api;
    private final Calls calls;
    private final OperationCounts counts;
    private final String serviceSid;
    private final Consumer<Exchange> observer;

    Operations(Router api, Calls calls, OperationCounts counts, String serviceSid, Consumer<Exchange> observer) {
        this.api = api;
        this.calls = calls;
        this.counts = counts;
        this.serviceSid = serviceSid;
        this.observer = observer;
    }

    void get(String path, String operation, Function<RoutingContext, Reply> work) {
        add(HttpMethod.GET, path, operation, work);
    }

    void post(String path, String operation, Function<RoutingContext, Reply> work) {
        add(HttpMethod.POST, path, operation, work);
    }

    void delete(String path, String operation, Function<RoutingContext, Reply> work) {
        add(HttpMethod.DELETE, path, operation, work);
    }

    private void add(HttpMethod method, String path, String operation, Function<RoutingContext, Reply> work) {
        api.route(method, SERVICE + path).handler(call -> {
            counts.count(operation);
            calls.serve(
                    call,
                    operation,
                    () -> observed(call, method, work),
                    error -> observer.accept(exchange(call, error)));
        });
    }

    /** Answers what is on none of the paths. To be called last. */
    void refuseTheRest() {
        api.route("/v1/*").handler(call -> {
            Reply reply = TwilioError.NOT_FOUND.reply();
            observer.accept(exchange(call, reply));
            reply.send(call.response());
        });
    }

    private Reply observed(RoutingContext call, HttpMethod method, Function<RoutingContext, Reply> work) {
        Reply reply;
        try {
            if (!serviceSid.equals(call.pathParam("service"))) {
                throw TwilioError.NOT_FOUND.refuse();
            }
            if (HttpMethod.POST.equals(method)) {
                requireForm(call);
            }
            reply = work.apply(call);
        } catch (Refusal refusal) {
            reply = refusal.reply();
        }
        observer.accept(exchange(call, reply));
        return reply;
    }

    private static Exchange exchange(RoutingContext call, Reply reply) {
        HttpServerRequest request = call.request();
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
        String mount = call.mountPoint() == null ? "" : call.mountPoint();
        String path = request.path().startsWith(mount) ? request.path().substring(mount.length()) : request.path();
        String body = call.body().asString();
        String query = request.query();
        return new Exchange(
                request.method().name(), path, query == null ? "" : query, headers, body == null ? "" : body, reply);
    }

    /** The vendor takes forms only. A call without a body has none. */
    private static void requireForm(RoutingContext call) {
        String type = call.request().getHeader("Content-Type");
        if (call.body().length() > 0 && (type == null || !type.startsWith(FORM))) {
            throw TwilioError.INVALID_PARAMETER.refuse("the body must be a form");
        }
    }

    static Reply ok(JsonObject body) {
        return Reply.json(200, body);
    }

    static Reply created(JsonObject body) {
        return Reply.json(201, body);
    }
}
