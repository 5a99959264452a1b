package com.eventuall.local.launcher;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The one origin of the stack: development routes, sandboxes, services, console. */
final class Gateway {
    private static final int EVENT_LOOPS = 2;
    private static final int BACKLOG = 4096;
    /** As the services themselves: a pass travels in a header. */
    private static final int HEADER_LIMIT = 16 * 1024;
    /** Everybody who chats has a stream of messages open, for each conversation. */
    private static final int SANDBOX_CONNECTIONS = 4096;

    private static final long START_LIMIT_SECONDS = 10;
    private static final long CLOSE_GRACE_MILLIS = 500;

    private final int port;
    private final int sandboxPort;
    private final DevRoutes dev;
    private final Fleet fleet;
    private final Console console;

    Gateway(int port, int sandboxPort, DevRoutes dev, Fleet fleet, Console console) {
        this.port = port;
        this.sandboxPort = sandboxPort;
        this.dev = dev;
        this.fleet = fleet;
        this.console = console;
    }

    /** Starts listening; not to be called on an event loop. */
    void start(Vertx vertx) {
        try {
            vertx.deployVerticle(Listener::new, new DeploymentOptions().setInstances(EVENT_LOOPS))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot listen on port " + port, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Router router(Vertx vertx) {
        Router router = Router.router(vertx);
        dev.mount(router);
        HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(SANDBOX_CONNECTIONS));
        HttpProxy sandboxes = HttpProxy.reverseProxy(client).origin(this::connectToSandboxes);
        router.route("/sandbox/*").handler(new LoopbackGuard());
        router.route("/sandbox/*").handler(call -> sandboxes.handle(call.request()));
        router.route("/v1/*").handler(new ServiceProxy(vertx, fleet));
        console.mount(router);
        return router;
    }

    private Future<HttpClientRequest> connectToSandboxes(ProxyContext context) {
        RequestOptions options = new RequestOptions().setHost("127.0.0.1").setPort(sandboxPort);
        return Origins.whileCalled(context, context.client().request(options));
    }

    /** Vert.x would answer with a bare status. The rest of the connection cannot be understood either. */
    private static void refuseUnreadable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        int status = cause instanceof TooLongHttpLineException
                ? 414
                : cause instanceof TooLongHttpHeaderException ? 431 : 400;
        request.response().putHeader("Connection", "close");
        Problems.answer(request.response(), status, "The request cannot be read");
        // Closed at once, with something still to be read, the connection would be reset and the answer lost on its
        // way.
        Vertx.currentContext()
                .owner()
                .setTimer(CLOSE_GRACE_MILLIS, over -> request.connection().close());
    }

    /** One per event loop, all on the same port. */
    private final class Listener extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            HttpServerOptions options = new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(port)
                    .setAcceptBacklog(BACKLOG)
                    .setMaxHeaderSize(HEADER_LIMIT);
            vertx.createHttpServer(options)
                    .requestHandler(router(vertx))
                    .invalidRequestHandler(Gateway::refuseUnreadable)
                    .listen()
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
