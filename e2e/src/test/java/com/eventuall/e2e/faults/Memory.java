package com.eventuall.e2e.faults;

import com.eventuall.e2e.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Memory of the processes of a stack over time: resident, and for the Java services what is left in the heap after a full
 * collection. A process that was started anew in between is begun anew. Linux only.
 */
final class Memory {
    private static final double MEGABYTE = 1024 * 1024;

    private record Sample(double minutes, double resident, double live) {}

    private record Track(long pid, List<Sample> samples) {}

    /**
     * How one process did.
     *
     * @param name of the process
     * @param minutes it was watched
     * @param resident MB at the end
     * @param residentSlope MB a minute
     * @param live MB of heap after a collection at the end
     * @param liveSlope MB a minute
     */
    record Trend(String name, double minutes, double resident, double residentSlope, double live, double liveSlope) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "| %-12s | %5.1f | %7.1f | %+7.2f | %7.1f | %+7.2f |",
                    name,
                    minutes,
                    resident,
                    residentSlope,
                    live,
                    liveSlope);
        }
    }

    private final Stack stack;
    private final Processes processes;
    private final long begin = System.nanoTime();
    private final Map<String, Track> tracks = new TreeMap<>();

    Memory(Stack stack) {
        this.stack = stack;
        this.processes = new Processes(stack);
    }

    void sample() {
        JsonNode info = stack.info();
        for (JsonNode process : info.get("processes")) {
            if (process.get("state").asText().equals("ready")) {
                long pid = process.get("pid").asLong();
                String name = process.get("name").asText();
                collect(pid);
                // What that collection left; what is used when it is asked for may be some MB more on a busy machine.
                double live = processes.metric(name, "jvm_gc_live_data_size_bytes", "") / MEGABYTE;
                add(name, pid, live);
            }
        }
        for (JsonNode store : info.get("stores")) {
            add(store.get("name").asText(), store.get("pid").asLong(), 0);
        }
        add("launcher", stack.process().pid(), 0);
    }

    private void add(String name, long pid, double live) {
        Track track = tracks.get(name);
        if (track == null || track.pid() != pid) {
            track = new Track(pid, new ArrayList<>());
            tracks.put(name, track);
        }
        track.samples().add(new Sample((System.nanoTime() - begin) / 60e9, resident(pid), live));
    }

    private static void collect(long pid) {
        try {
            new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid),
                            "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double resident(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        } catch (IOException gone) {
            return 0;
        }
        return 0;
    }

    /** Of all processes; samples before {@code fromMinute} are left out. */
    List<Trend> trends(double fromMinute) {
        List<Trend> trends = new ArrayList<>();
        tracks.forEach((name, track) -> {
            List<Sample> late = track.samples().stream()
                    .filter(sample -> sample.minutes() >= fromMinute)
                    .toList();
            if (late.size() >= 3) {
                Sample last = late.get(late.size() - 1);
                trends.add(new Trend(
                        name,
                        last.minutes() - late.get(0).minutes(),
                        last.resident(),
                        slope(late, true),
                        last.live(),
                        slope(late, false)));
            }
        });
        return trends;
    }

    /** Least squares. */
    private static double slope(List<Sample> samples, boolean resident) {
        double n = samples.size();
        double x = 0;
        double y = 0;
        for (Sample sample : samples) {
            x += sample.minutes() / n;
            y += (resident ? sample.resident() : sample.live()) / n;
        }
        double above = 0;
        double below = 0;
        for (Sample sample : samples) {
            above += (sample.minutes() - x) * ((resident ? sample.resident() : sample.live()) - y);
            below += (sample.minutes() - x) * (sample.minutes() - x);
        }
        return below == 0 ? 0 : above / below;
    }
}
