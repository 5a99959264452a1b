package com.eventuall.sandbox;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Serves sandboxes at {@code http://127.0.0.1:{port}/sandbox/{name}}, and those that need it at the root of a port of their
 * own as well.
 */
public final class SandboxServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final long BODY_LIMIT = 1 << 20;
    private static final long CALL_LIMIT_SECONDS = 10;

    private final Context context;
    private final List<HttpServer> servers = new ArrayList<>();
    private final Map<String, Integer> ownPorts = new HashMap<>();
    private int port;

    private SandboxServer(Context context) {
        this.context = context;
    }

    /**
     * Starts and waits; not to be called on an event loop.
     *
     * @param port 0 for a free one
     */
    public static SandboxServer start(Vertx vertx, int port, List<VendorSandbox> vendors) {
        SandboxServer server = new SandboxServer(vertx.getOrCreateContext());
        server.await(server.onLoop(() -> server.listen(vertx, port, vendors)).compose(listening -> listening));
        return server;
    }

    private Future<Void> listen(Vertx vertx, int wanted, List<VendorSandbox> vendors) {
        Router root = Router.router(vertx);
        Future<Void> ready = Future.succeededFuture();
        for (VendorSandbox vendor : vendors) {
            Router api = router(vertx, vendor);
            root.route("/sandbox/" + vendor.name() + "/*").subRouter(api);
            if (vendor.needsOwnPort()) {
                ready = ready.compose(done -> listen(vertx, api, 0))
                        .map(own -> ownPorts.put(vendor.name(), own))
                        .mapEmpty();
            }
        }
        return ready.compose(done -> listen(vertx, root, wanted)).map(actual -> {
            this.port = actual;
            return null;
        });
    }

    private static Router router(Vertx vertx, VendorSandbox vendor) {
        Router api = Router.router(vertx);
        BodyHandler bodies = BodyHandler.create(false).setBodyLimit(BODY_LIMIT);
        api.route().handler(call -> {
            // Once its body is read, a request can no longer become a WebSocket.
            if (isUpgrade(call.request())) {
                call.next();
            } else {
                bodies.handle(call);
            }
        });
        AdminRoutes.mount(api, vendor);
        vendor.mount(api);
        return api;
    }

    /** Whether a request asks to become a WebSocket. */
    public static boolean isUpgrade(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET, true);
    }

    private Future<Integer> listen(Vertx vertx, Router router, int wanted) {
        HttpServer server =
                vertx.createHttpServer(new HttpServerOptions().setHost(HOST).setPort(wanted));
        servers.add(server);
        return server.requestHandler(router).listen().map(HttpServer::actualPort);
    }

    public int port() {
        return port;
    }

    /** The base URL of a vendor's API. */
    public String baseUrl(String vendor) {
        return "http://" + HOST + ":" + port + "/sandbox/" + vendor;
    }

    /** The origin at which a vendor that needs a port of its own has its API at the root. */
    public String ownOrigin(String vendor) {
        Integer own = ownPorts.get(vendor);
        if (own == null) {
            throw new IllegalArgumentException(vendor + " has no port of its own");
        }
        return "http://" + HOST + ":" + own;
    }

    /** Runs on the event loop to which all sandboxes belong and waits for the result; not to be called on it. */
    public <T> T call(Supplier<T> action) {
        return await(onLoop(action));
    }

    private <T> Future<T> onLoop(Supplier<T> action) {
        Promise<T> result = Promise.promise();
        context.runOnContext(start -> {
            try {
                result.complete(action.get());
            } catch (RuntimeException e) {
                result.fail(e);
            }
        });
        return result.future();
    }

    private <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(CALL_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        await(Future.join(servers.stream().map(HttpServer::close).toList()));
    }
}
