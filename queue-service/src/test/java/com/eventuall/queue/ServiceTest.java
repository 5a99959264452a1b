package com.eventuall.queue;

import com.eventuall.local.infra.InfraResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** The one profile of this module's component tests: real Redis and Kafka, short times. */
public final class ServiceTest implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(InfraResource.class, Map.of("redis", "memory", "kafka", "")));
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "queue.stage-grace", "1s",
                "queue.request-grace", "2s",
                "queue.idle-time", "1s",
                "eventuall.public-url", "http://localhost:8080");
    }
}
