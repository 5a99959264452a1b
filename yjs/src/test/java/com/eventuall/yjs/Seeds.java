package com.eventuall.yjs;

import java.util.concurrent.ThreadLocalRandom;

/** Seeds of randomised tests: new ones each run, always printed, and repeatable with {@code -Dyjs.seed=N}. */
final class Seeds {

    private Seeds() {}

    static int of(String test) {
        String given = System.getProperty("yjs.seed", "");
        int seed = given.isBlank() ? ThreadLocalRandom.current().nextInt(1, 1 << 30) : Integer.parseInt(given);
        System.out.printf("%s: repeat with -Dyjs.seed=%d%n", test, seed);
        return seed;
    }
}
