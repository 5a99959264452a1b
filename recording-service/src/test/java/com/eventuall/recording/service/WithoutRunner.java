package com.eventuall.recording.service;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service's own loops leave the rows alone. */
public class WithoutRunner implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("recording.concurrency", "0", "recording.sweep-interval", "1h");
    }
}
