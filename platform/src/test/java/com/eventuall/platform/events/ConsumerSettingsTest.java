package com.eventuall.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What every service's consumers are set to; that they outlast a broker is shown with real processes, by fault 6 of e2e. */
class ConsumerSettingsTest {
    private static final String CONNECTOR = "mp.messaging.connector.smallrye-kafka.";

    @Test
    void aBrokerMayBeAwayForHoursWhileTheFirstRecordOfAPartitionIsRead() throws IOException {
        Duration patience = Duration.ofMillis(Long.parseLong(setting("default.api.timeout.ms")));
        assertThat(patience).isGreaterThanOrEqualTo(Duration.ofHours(12));
        // Kafka takes it as an int.
        assertThat(patience.toMillis()).isLessThan(Integer.MAX_VALUE);
    }

    private static String setting(String name) throws IOException {
        Properties settings = new Properties();
        try (InputStream file =
                ConsumerSettingsTest.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            settings.load(file);
        }
        return settings.getProperty(CONNECTOR + name);
    }
}
