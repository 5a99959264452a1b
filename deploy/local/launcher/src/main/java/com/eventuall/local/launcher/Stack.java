package com.eventuall.local.launcher;

import com.eventuall.local.infra.Logs;
import com.eventuall.local.infra.LoopbackPort;
import com.eventuall.local.infra.RunDirectory;
import com.eventuall.local.passes.PassIssuer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything that one {@code deploy/local/up} runs. */
final class Stack {
    private static final Duration READY_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_GRACE = Duration.ofSeconds(4);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Options options;
    private final Progress progress;
    private final int port;
    private final String origin;
    private final RunDirectory run = RunDirectory.create();
    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final PassIssuer passes = PassIssuer.create();
    private final Infrastructure infrastructure;
    private final Vendors vendors;
    private final Fleet fleet;

    Stack(Options options, Progress progress) {
        this.options = options;
        this.progress = progress;
        this.port = options.port() == 0 ? LoopbackPort.free() : options.port();
        this.origin = "http://127.0.0.1:" + port;
        this.infrastructure = Infrastructure.in(run, options.data());
        this.vendors = Vendors.start(vertx, origin, System.getenv());
        this.fleet = new Fleet(replicas());
    }

    private List<Replica> replicas() {
        List<Replica> replicas = new ArrayList<>();
        for (ServiceSpec service : ServiceSpec.ALL) {
            if (!service.isBuilt(options.root())) {
                progress.say(service.artifact() + " is not built: left out");
                continue;
            }
            int count = options.replicas().getOrDefault(service.name(), 1);
            for (int i = 1; i <= count; i++) {
                replicas.add(new Replica(service.name() + "-" + i, service.artifact(), run, launch(service)));
            }
        }
        return replicas;
    }

    private Replica.Launch launch(ServiceSpec service) {
        return new Replica.Launch() {
            @Override
            public List<String> command(Replica replica) {
                Path temporary = run.directory("tmp/" + replica.name());
                return new JavaCommand(service, replica.name(), options.root(), temporary, options.settings()).build();
            }

            @Override
            public Map<String, String> environment(Replica replica) {
                Map<String, String> environment = new HashMap<>(infrastructure.environment(service));
                environment.putAll(vendors.environment());
                environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
                environment.put("QUARKUS_HTTP_PORT", Integer.toString(replica.port()));
                environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
                environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(replica.managementPort()));
                environment.put("MP_JWT_VERIFY_PUBLICKEY", passes.publicKeyPem());
                environment.put("MP_JWT_VERIFY_ISSUER", PassIssuer.ISSUER);
                environment.put("EVENTUALL_PUBLIC_URL", origin);
                environment.put("EVENTUALL_ALLOWED_ORIGINS", "http://localhost:" + port);
                environment.put("EVENTUALL_ENVIRONMENT", environmentName());
                return environment;
            }
        };
    }

    /** Different for every developer: two who share a vendor account must not sweep each other's resources. */
    private static String environmentName() {
        String given = System.getenv("EVENTUALL_ENVIRONMENT");
        if (given != null) {
            return given;
        }
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown";
        }
        return ("local-" + System.getProperty("user.name") + "-" + host).replaceAll("[^A-Za-z0-9-]", "-");
    }

    /** Starts everything and returns when all of it is ready. */
    void start() {
        if (!LoopbackPort.isFree(port)) {
            throw new IllegalStateException("port " + port + " is taken; choose another one with --port");
        }
        progress.say("logs are in " + run.log("any").getParent());
        infrastructure.start(progress);
        Revocations revocations = new Revocations(
                vertx, infrastructure.redis().url(), infrastructure.kafka().address(), Clock.systemUTC());
        List<ControlledProcess> processes = new ArrayList<>(fleet.replicas());
        processes.addAll(infrastructure.stores());
        DevRoutes dev = new DevRoutes(vertx, passes, revocations, processes, this::info);
        Console console = new Console(options.root().resolve("deploy/local/console/dist"), port, vendors.real());
        fleet.watch(vertx);
        new Gateway(port, vendors.port(), dev, fleet, console).start(vertx);
        progress.say("gateway at " + origin);
        fleet.replicas().forEach(Replica::start);
        awaitReplicas();
    }

    private void awaitReplicas() {
        List<Replica> waiting = new ArrayList<>(fleet.replicas());
        long deadline = System.nanoTime() + READY_LIMIT.toNanos();
        while (!waiting.isEmpty()) {
            waiting.removeIf(replica -> {
                boolean ready = replica.takesRequests();
                if (ready) {
                    progress.say(replica.name() + " is ready");
                } else if (!replica.isAlive()) {
                    throw failed(replica, "ended while it started");
                } else if (System.nanoTime() > deadline) {
                    throw failed(replica, "is not ready after " + READY_LIMIT.toSeconds() + " s");
                }
                return ready;
            });
            pause();
        }
    }

    private IllegalStateException failed(Replica replica, String how) {
        return new IllegalStateException(
                replica.name() + " " + how + ". Its log ends:\n" + Logs.tail(run.log(replica.name()), 40));
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    String origin() {
        return origin;
    }

    private JsonObject info() {
        JsonArray replicas = new JsonArray();
        fleet.replicas()
                .forEach(replica -> replicas.add(new JsonObject()
                        .put("name", replica.name())
                        .put("service", replica.service())
                        .put("port", replica.port())
                        .put("managementPort", replica.managementPort())
                        .put("pid", replica.pid())
                        .put("state", replica.state())));
        JsonArray stores = new JsonArray();
        infrastructure
                .stores()
                .forEach(store -> stores.add(new JsonObject()
                        .put("name", store.name())
                        .put("port", store.server().port())
                        .put("pid", store.pid())
                        .put("state", store.state())));
        return new JsonObject()
                .put("gateway", origin)
                .put("kafka", infrastructure.kafka().address())
                .put("redis", infrastructure.redis().address())
                .put("postgres", infrastructure.postgres().address())
                .put("passes", new JsonObject().put("publicKey", passes.publicKeyPem()))
                .put("processes", replicas)
                .put("stores", stores)
                .put("logs", run.path().resolve("logs").toString())
                .mergeIn(vendors.info());
    }

    /** Ends everything in good order, at most a few seconds for each; nothing is left afterwards. */
    void stop() {
        List<Thread> stops = fleet.replicas().stream()
                .map(replica -> new Thread(() -> replica.stop(STOP_GRACE)))
                .toList();
        stops.forEach(Thread::start);
        stops.forEach(Stack::join);
        infrastructure.stop();
        vertx.close();
        run.close();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
