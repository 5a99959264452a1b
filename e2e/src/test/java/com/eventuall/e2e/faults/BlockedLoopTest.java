package com.eventuall.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockedLoopTest {
    @Test
    void aLoopThatWaitsForAnotherThreadIsBlocked() {
        assertThat(BlockedLoop.of(line("jdk.internal.misc.Unsafe", "park")))
                .singleElement()
                .satisfies(loop -> {
                    assertThat(loop.millis()).isEqualTo(312);
                    assertThat(loop.waits()).isTrue();
                });
    }

    @Test
    void aLoopThatLooksForWorkOrComputesHadNoCore() {
        assertThat(BlockedLoop.of(line("sun.nio.ch.EPoll", "wait"))).noneMatch(BlockedLoop::waits);
        assertThat(BlockedLoop.of(line("java.util.ArrayList", "<init>"))).noneMatch(BlockedLoop::waits);
    }

    @Test
    void aLoopOfWhichNothingIsKnownCountsAsBlocked() {
        String line = line("java.util.ArrayList", "<init>").replaceAll(",\"exception\".*", "}");

        assertThat(BlockedLoop.of(line)).singleElement().matches(BlockedLoop::waits);
    }

    @Test
    void workersAndOtherLinesDoNotCount() {
        assertThat(BlockedLoop.of(line("java.lang.Thread", "sleep").replace("eventloop", "worker")))
                .isEmpty();
        assertThat(BlockedLoop.of("{\"message\":\"started\"}")).isEmpty();
        assertThat(BlockedLoop.of("plain text")).isEmpty();
    }

    private static String line(String type, String method) {
        return "{\"message\":\"Thread Thread[vert.x-eventloop-thread-0,5,main] has been blocked for 312 ms, time limit is 100 ms\","
                + "\"exception\":{\"frames\":[{\"class\":\"" + type + "\",\"method\":\"" + method
                + "\"},{\"class\":\"java.lang.Thread\",\"method\":\"run\",\"line\":840}]}}";
    }
}
