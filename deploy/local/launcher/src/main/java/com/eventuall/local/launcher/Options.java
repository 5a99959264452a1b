package com.eventuall.local.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param port of the gateway; 0 for a free one
 * @param replicas how many processes of a service, by short name; one where it is not named
 * @param data where Redis, PostgreSQL and Kafka keep their data over restarts; null for a place that goes with the stack
 * @param settings configuration that every service gets as system properties
 * @param root the checkout, with the built services
 */
record Options(
        int port, Map<String, Integer> replicas, @Nullable Path data, Map<String, String> settings, Path root) {
    static final int USUAL_PORT = 8080;
    static final String USAGE = """
            deploy/local/up [--port 8080] [--replicas presence=2,queue=2,recording=2] [--data DIR] [--no-build]
                            [--set name=value]...

              --port      of the gateway; 0 takes a free one
              --replicas  how many processes of a service (token, presence, queue, recording, chat); 1 if not named
              --data      keep the data of Redis, PostgreSQL and Kafka in DIR over restarts
              --no-build  run what is built
              --set       configuration of the services, as in --set presence.away-after=5s; may be repeated
            """;

    private static final List<String> NAMES = List.of("--port", "--replicas", "--data", "--set");
    private static final int MOST_REPLICAS = 9;

    /** @throws IllegalArgumentException says what is not understood */
    static Options parse(List<String> arguments, Path root) {
        Map<String, String> single = new HashMap<>();
        Map<String, String> settings = new LinkedHashMap<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String name = rest.next();
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("unknown option: " + name);
            }
            if (!rest.hasNext()) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            if (name.equals("--set")) {
                settings.putAll(pair(rest.next()));
            } else {
                single.put(name, rest.next());
            }
        }
        String data = single.get("--data");
        return new Options(
                number(single.getOrDefault("--port", Integer.toString(USUAL_PORT)), 0, 65535),
                replicas(single.get("--replicas")),
                data == null ? null : Path.of(data).toAbsolutePath().normalize(),
                Map.copyOf(settings),
                root);
    }

    private static Map<String, Integer> replicas(@Nullable String text) {
        Map<String, Integer> replicas = new HashMap<>();
        for (String part : text == null ? new String[0] : text.split(",")) {
            pair(part).forEach((name, count) -> {
                if (ServiceSpec.ALL.stream().noneMatch(service -> service.name().equals(name))) {
                    throw new IllegalArgumentException("there is no service " + name);
                }
                replicas.put(name, number(count, 0, MOST_REPLICAS));
            });
        }
        return Map.copyOf(replicas);
    }

    private static Map<String, String> pair(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("not of the form name=value: " + text);
        }
        return Map.of(text.substring(0, equals).strip(), text.substring(equals + 1));
    }

    private static int number(String text, int least, int most) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number < least || number > most) {
                throw new IllegalArgumentException(text + " is not between " + least + " and " + most);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number: " + text, e);
        }
    }
}
