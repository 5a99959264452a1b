package com.eventuall.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.e2e.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The long form, run by {@code e2e/bin/faults}; its name keeps it out of the normal build. */
class FaultsCommand {
    @Test
    void everyFaultIsSurvived() throws Exception {
        long seed = Long.getLong("faults.seed", System.currentTimeMillis() % 1_000_000);
        Scale scale = Scale.LONG.killingFor(Duration.parse("PT" + System.getProperty("faults.duration", "10m")));
        Set<String> only = Arrays.stream(System.getProperty("faults.only", "").split(","))
                .filter(number -> !number.isBlank())
                .collect(Collectors.toSet());
        System.out.println("seed " + seed + ", histories in e2e/target/faults");
        List<Result> results = new ArrayList<>();
        Map<List<String>, List<Fault>> byStack = new LinkedHashMap<>();
        for (Fault fault : wanted(Faults.all(), only)) {
            byStack.computeIfAbsent(fault.stack(), options -> new ArrayList<>()).add(fault);
        }
        for (Map.Entry<List<String>, List<Fault>> one : byStack.entrySet()) {
            results.addAll(run(one.getKey(), one.getValue(), scale, seed));
        }
        results.sort(Comparator.comparing(result -> result.fault().number()));
        System.out.println("| #  | fault                                        |        | figures |");
        System.out.println("|----|----------------------------------------------|--------|---------|");
        results.forEach(result -> System.out.println(result.row()));
        long held = results.stream().filter(Result::holds).count();
        System.out.printf("FAULTS %d of %d survived, seed %d%n", held, results.size(), seed);
        assertThat(held).as("faults survived").isEqualTo(results.size());
    }

    private static List<Fault> wanted(List<Fault> faults, Set<String> only) {
        return faults.stream()
                .filter(fault -> only.isEmpty() || only.contains(Integer.toString(fault.number())))
                .toList();
    }

    private static List<Result> run(List<String> options, List<Fault> faults, Scale scale, long seed) throws Exception {
        try (Stack stack = Stack.start(options.toArray(String[]::new))) {
            return new FaultRun(stack, scale, seed, Path.of("target/faults")).run(faults);
        }
    }
}
