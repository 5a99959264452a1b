package com.eventuall.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import livekit.LivekitEgress;
import livekit.LivekitModels;
import livekit.LivekitRoom;
import org.junit.jupiter.api.Test;

/** The LiveKit SDK brings no metadata for native images; ours must name classes that exist, and all messages. */
class NativeMetadataTest {
    private static final String FILE =
            "META-INF/native-image/com.eventuall/recording-service/reachability-metadata.json";

    @Test
    void everyNamedClassExists() throws IOException {
        for (String name : types()) {
            assertThatCode(() -> Class.forName(name, false, getClass().getClassLoader()))
                    .as(name)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void everyMessageOfTheServicesInUseIsNamed() throws IOException {
        List<String> types = types();
        for (Class<?> file : List.of(LivekitEgress.class, LivekitRoom.class, LivekitModels.class)) {
            for (Class<?> message : file.getDeclaredClasses()) {
                assertThat(types).contains(message.getName());
            }
        }
    }

    private static List<String> types() throws IOException {
        try (InputStream in = NativeMetadataTest.class.getClassLoader().getResourceAsStream(FILE)) {
            List<String> names = new ArrayList<>();
            for (JsonNode entry : new ObjectMapper().readTree(in).get("reflection")) {
                JsonNode type = entry.get("type");
                if (type.isTextual()) {
                    names.add(type.asText());
                } else {
                    type.get("proxy").forEach(one -> names.add(one.asText()));
                }
            }
            return names;
        }
    }
}
