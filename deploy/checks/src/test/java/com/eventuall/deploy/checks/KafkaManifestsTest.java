package com.eventuall.deploy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Topics and users in deploy/k8s are what the event types and services say; {@code -Dmanifests.write=true} writes them. */
class KafkaManifestsTest {
    private static final Path FOLDER = Project.K8S.resolve("components/kafka");

    @Test
    void topicsAreTheEventTypes() throws IOException {
        assertSame("topics.yaml", KafkaManifests.topics());
    }

    @Test
    void usersMayDoWhatTheirServicesDo() throws IOException {
        assertSame("users.yaml", KafkaManifests.users(Project.SERVICES));
    }

    private static void assertSame(String file, String content) throws IOException {
        if (Boolean.getBoolean("manifests.write")) {
            Files.writeString(FOLDER.resolve(file), content);
        }
        assertThat(Files.readString(FOLDER.resolve(file)))
                .as("%s; write it anew with -Dtest=KafkaManifestsTest -Dmanifests.write=true", file)
                .isEqualTo(content);
    }
}
