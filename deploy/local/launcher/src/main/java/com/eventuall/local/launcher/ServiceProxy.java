package com.eventuall.local.launcher;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sends requests of {@code /v1/…} to the service whose they are, in turn to those of its replicas that are ready. */
final class ServiceProxy implements Handler<RoutingContext> {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    /** A service answers long before; a paused one never does. */
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(30);

    private static final int POOL = 256;
    private static final int QUEUE = 4096;

    private final Fleet fleet;
    private final SocketTunnel tunnel;
    private final HttpProxy proxy;

    ServiceProxy(Vertx vertx, Fleet fleet) {
        this.fleet = fleet;
        this.tunnel = new SocketTunnel(vertx);
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) CONNECT_LIMIT.toMillis())
                .setMaxPoolSize(POOL)
                .setMaxWaitQueueSize(QUEUE));
        this.proxy = HttpProxy.reverseProxy(client).origin(this::connect).addInterceptor(new ForwardedHeaders());
    }

    @Override
    public void handle(RoutingContext call) {
        Optional<String> service = Routes.serviceFor(call.request().path());
        if (service.isEmpty()) {
            Problems.answer(call, 404, "No service has this path");
        } else if (!fleet.has(service.get())) {
            Problems.answer(call, 503, service.get() + " is not part of this stack");
        } else {
            forward(call, service.get());
        }
    }

    private void forward(RoutingContext call, String service) {
        if (!fleet.hasReady(service)) {
            Problems.answer(call, 503, "No replica of " + service + " is ready");
        } else if (SocketTunnel.isUpgrade(call.request())) {
            tunnel.open(call.request(), fleet.inTurn(service));
        } else {
            proxy.handle(call.request());
        }
    }

    private Future<HttpClientRequest> connect(ProxyContext context) {
        List<Replica> inTurn = Routes.serviceFor(
                        context.request().proxiedRequest().path())
                .map(fleet::inTurn)
                .orElse(List.of());
        RequestOptions options = new RequestOptions()
                .setConnectTimeout(CONNECT_LIMIT.toMillis())
                .setIdleTimeout(SILENCE_LIMIT.toMillis());
        return Origins.whileCalled(context, Origins.connect(context.client(), inTurn, options));
    }

    private static final class ForwardedHeaders implements ProxyInterceptor {
        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            Forwarding.describe(
                    context.request().proxiedRequest(), context.request().headers());
            return context.sendRequest();
        }
    }
}
