package com.eventuall.e2e.faults;

import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The processes of a stack by name. */
final class Processes {
    private static final Duration READY_LIMIT = Duration.ofSeconds(120);

    private final Stack stack;

    Processes(Stack stack) {
        this.stack = stack;
    }

    JsonNode get(String name) {
        JsonNode info = stack.info();
        for (String list : List.of("processes", "stores")) {
            for (JsonNode process : info.get(list)) {
                if (process.get("name").asText().equals(name)) {
                    return process;
                }
            }
        }
        throw new IllegalArgumentException(name);
    }

    List<String> services() {
        List<String> names = new ArrayList<>();
        stack.info()
                .get("processes")
                .forEach(process -> names.add(process.get("name").asText()));
        return names;
    }

    List<String> of(String service) {
        return services().stream()
                .filter(name -> name.startsWith(service + "-"))
                .toList();
    }

    String state(String name) {
        return get(name).get("state").asText();
    }

    /** A replica's own address, past the gateway. */
    URI address(String name) {
        return URI.create("http://127.0.0.1:" + get(name).get("port").asInt());
    }

    URI management(String name) {
        return URI.create("http://127.0.0.1:" + get(name).get("managementPort").asInt());
    }

    void signal(String name, String action) {
        stack.signal(name, action);
    }

    /** Starts a process; milliseconds until it is ready. */
    long start(String name) throws InterruptedException {
        long begin = System.nanoTime();
        try {
            signal(name, "start");
        } catch (UncheckedIOException slow) {
            // A store answers this when it is ready, which takes longer on a busy machine.
        }
        awaitReady(name);
        return (System.nanoTime() - begin) / 1_000_000;
    }

    void awaitReady(String name) throws InterruptedException {
        boolean store = List.of("redis", "kafka", "postgres").contains(name);
        boolean ready = Show.await(READY_LIMIT, () -> {
            String state = state(name);
            return state.equals("ready")
                    && (!store || listens(get(name).get("port").asInt()));
        });
        if (!ready) {
            throw new IllegalStateException(name + " did not become ready, is " + state(name));
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    void awaitStopped(String name) throws InterruptedException {
        if (!Show.await(READY_LIMIT, () -> state(name).equals("stopped"))) {
            throw new IllegalStateException(name + " does not stop");
        }
    }

    /** Everything runs again, whatever a fault left behind. */
    void restore() throws InterruptedException {
        for (String store : List.of("redis", "postgres", "kafka")) {
            signal(store, "resume");
            start(store);
        }
        for (String name : services()) {
            signal(name, "resume");
            signal(name, "start");
        }
        for (String name : services()) {
            awaitReady(name);
        }
        for (String vendor : List.of("livekit", "twilio", "mux")) {
            stack.send("DELETE", "/sandbox/" + vendor + "/faults", "");
        }
    }

    /** The sum of a counter over all its tags that contain a text; 0 where it was never counted. */
    double metric(String name, String metric, String tags) {
        double sum = 0;
        for (String line : stack.get(management(name) + "/q/metrics").body().split("\n")) {
            if (line.startsWith(metric) && line.contains(tags)) {
                // An exemplar, with a value and a time of its own, may follow the value.
                String sample = line.replaceFirst(" # .*", "");
                sum += Double.parseDouble(sample.substring(sample.lastIndexOf(' ') + 1));
            }
        }
        return sum;
    }
}
