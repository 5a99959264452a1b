package com.eventuall.e2e.faults;

import com.eventuall.e2e.faults.check.Fact;
import com.eventuall.e2e.faults.client.Person;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Events come several times, late and in any order, or are no events at all. */
final class EventFaults {
    /** Marks what this run sent again, so that its own onlooker does not take it for new. */
    private static final String MARK = "e2e-repeated";

    private EventFaults() {}

    private static KafkaProducer<String, byte[]> producer(World world) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", world.stack().info().get("kafka").asText(), "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Every event again, twice and in any order, at once and a minute later. */
    static final class Repeat implements Fault {
        @Override
        public int number() {
            return 7;
        }

        @Override
        public String title() {
            return "every event three times, reordered, late";
        }

        @Override
        public void run(World world) throws Exception {
            world.warmUp();
            int sent = 0;
            try (KafkaProducer<String, byte[]> producer = producer(world)) {
                long deadline = System.nanoTime() + world.scale().outage().toNanos();
                while (System.nanoTime() < deadline) {
                    List<ConsumerRecord<String, byte[]>> known =
                            world.show().tap().records();
                    for (int i = 0; i < 40 && !known.isEmpty(); i++) {
                        again(producer, known.get(world.random().nextInt(known.size())));
                        sent++;
                    }
                    Thread.sleep(500);
                }
                world.show().rest();
                Map<String, String> before = world(world);
                Map<String, Long> versions = versions(world);
                for (int round = 0; round < 2; round++) {
                    List<ConsumerRecord<String, byte[]>> all =
                            new ArrayList<>(world.show().tap().records());
                    all.addAll(List.copyOf(all));
                    Collections.shuffle(all, world.random());
                    for (ConsumerRecord<String, byte[]> record : all) {
                        again(producer, record);
                        sent++;
                    }
                    producer.flush();
                    // Long enough to be taken in; the second round is late by as much.
                    world.lastsFor(round == 0 ? world.scale().outage() : Duration.ofSeconds(8));
                }
                Map<String, String> after = world(world);
                Set<String> differing = new TreeSet<>(after.keySet());
                differing.addAll(before.keySet());
                differing.removeIf(key -> after.getOrDefault(key, "").equals(before.getOrDefault(key, "")));
                world.figure(Figure.told("events sent again", sent));
                world.figure(Figure.atMost("final states and clip lists that differ", differing.size(), 0));
                long extra = versions(world).entrySet().stream()
                        .mapToLong(room -> room.getValue() - versions.get(room.getKey()))
                        .sum();
                world.figure(Figure.atMost("versions too many", extra, 0));
                differing.forEach(key -> world.note(key, before.get(key) + " became " + after.get(key)));
            }
        }

        private static void again(KafkaProducer<String, byte[]> producer, ConsumerRecord<String, byte[]> record) {
            RecordHeaders headers = new RecordHeaders(record.headers().toArray());
            headers.add(MARK, new byte[] {1});
            producer.send(new ProducerRecord<>(record.topic(), null, null, record.key(), record.value(), headers));
        }

        private static Map<String, Long> versions(World world) {
            Map<String, Long> versions = new TreeMap<>();
            world.show()
                    .rooms()
                    .forEach(room -> versions.put(
                            room.room().key(), room.snapshot().path("version").asLong()));
            return versions;
        }

        /** All that must be as it was. */
        private static Map<String, String> world(World world) {
            Map<String, String> state = new TreeMap<>();
            for (RoomShow room : world.show().rooms()) {
                JsonNode snapshot = room.snapshot();
                state.put(
                        room.room().key() + " snapshot", snapshot.path("state").toString());
                state.put(room.room().key() + " queue", room.lists().toString());
                for (String id : room.media().ids()) {
                    state.put(id, room.media().get(id).toString());
                }
            }
            state.put(
                    "conversations",
                    Integer.toString(
                            world.show().sandbox("twilio").path("conversations").size()));
            state.put(
                    "assets",
                    Integer.toString(world.show().sandbox("mux").path("assets").size()));
            return state;
        }
    }

    /** What is no event of ours on every topic, in front of events that are. */
    static final class Poison implements Fault {
        /** Topics that a service reads, and so has dead letters of. */
        private static final List<String> TOPICS = List.of(
                "participant-connected",
                "participant-disconnected",
                "stage-requested",
                "stage-withdrawn",
                "stage-entered",
                "stage-exited",
                "queue-changed",
                "recording-started",
                "recording-stopped",
                "recording-failed",
                "recording-ready",
                "chat-room-opened",
                "livekit-events",
                "pass-revoked");

        @Override
        public int number() {
            return 11;
        }

        @Override
        public String title() {
            return "poison on each topic";
        }

        @Override
        public void run(World world) throws Exception {
            world.warmUp();
            Map<String, Long> dead = new ConcurrentHashMap<>();
            String key = world.room().room().key();
            long longest = 0;
            double next = 0;
            try (KafkaProducer<String, byte[]> producer = producer(world);
                    AutoCloseable listening = world.history().listen(fact -> letter(fact, dead))) {
                for (int kind = 0; kind < 3; kind++) {
                    dead.clear();
                    long begin = System.currentTimeMillis();
                    for (String topic : TOPICS) {
                        producer.send(poison(topic, key, kind));
                    }
                    producer.flush();
                    Show.await(Duration.ofSeconds(30), () -> dead.size() == TOPICS.size());
                    for (String topic : TOPICS) {
                        longest = Math.max(longest, dead.getOrDefault(topic + ".dlq", begin + 999_000) - begin);
                    }
                    next = Math.max(next, nextIsTaken(world));
                }
            }
            world.figure(Figure.told("topics poisoned", TOPICS.size()));
            world.figure(Figure.atMost("s until the last dead letter", longest / 1e3, 5));
            world.figure(Figure.atMost("s until what came behind it was taken", next, 5));
        }

        private static void letter(Fact fact, Map<String, Long> dead) {
            if (fact.kind().equals("dead-letter")) {
                dead.putIfAbsent(fact.who(), fact.at());
            }
        }

        /** No JSON and no headers; a known type with a payload that does not fit; somebody else's source. */
        private static ProducerRecord<String, byte[]> poison(String topic, String key, int kind) {
            RecordHeaders headers = new RecordHeaders();
            if (kind > 0) {
                header(headers, "ce_specversion", "1.0");
                header(headers, "ce_id", "poison-" + topic + kind);
                header(
                        headers,
                        "ce_type",
                        kind == 1 ? "com.eventuall." + type(topic) + ".v1" : "com.eventuall.unknown.v9");
                header(headers, "ce_source", "/somebody/else");
                header(headers, "ce_subject", key);
            }
            byte[] value =
                    (kind == 0 ? "\0\1 no JSON {" : "{\"eventId\":[],\"roomId\":7}").getBytes(StandardCharsets.UTF_8);
            return new ProducerRecord<>(topic, null, null, key, value, headers);
        }

        private static String type(String topic) {
            return topic.replace("livekit-events", "livekit.event")
                    .replace("chat-room-opened", "chat.room.opened")
                    .replace('-', '.');
        }

        private static void header(RecordHeaders headers, String name, String value) {
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }

        /** Seconds until a request for the stage, behind the poison in its partition, is seen by presence and by chat. */
        private static double nextIsTaken(World world) throws InterruptedException {
            RoomShow room = world.room();
            Person person = new Person(
                    world.stack(),
                    world.history(),
                    room.room(),
                    "behind" + world.random().nextInt(100_000),
                    false);
            room.moderators().get(0).move(new java.util.concurrent.atomic.AtomicBoolean(), person, "pending");
            long begin = System.nanoTime();
            Show.await(
                    Duration.ofSeconds(30),
                    () -> contains(room.snapshot().path("state").path("queue").path("pending"), person)
                            && room.moderators()
                                    .get(0)
                                    .call("vettings", "GET", "/vetting?limit=100", "")
                                    .body()
                                    .contains(person.userId()));
            double seconds = (System.nanoTime() - begin) / 1e9;
            room.moderators().get(0).move(new java.util.concurrent.atomic.AtomicBoolean(), person, "withdrawn");
            return seconds;
        }

        private static boolean contains(JsonNode list, Person person) {
            for (JsonNode userId : list) {
                if (userId.asText().equals(person.userId())) {
                    return true;
                }
            }
            return false;
        }
    }
}
