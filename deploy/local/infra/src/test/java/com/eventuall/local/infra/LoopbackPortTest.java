package com.eventuall.local.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoopbackPortTest {

    @Test
    void noPortIsGivenTwiceAlsoBeyondOneBlock() {
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            assertThat(ports.add(LoopbackPort.free())).isTrue();
        }
        assertThat(ports).allMatch(port -> port > 20_000 && port < 32_768);
    }

    @Test
    void aPortOnWhichSomebodyListensIsNotFree() throws IOException {
        int port = LoopbackPort.free();
        assertThat(LoopbackPort.isFree(port)).isTrue();
        try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(LoopbackPort.isFree(server.getLocalPort())).isFalse();
        }
    }
}
