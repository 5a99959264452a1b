package com.eventuall.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The metadata in the jar names only what exists, and all that the services use of the SDKs. */
class MetadataTest {
    private static final String RESOURCE =
            "/META-INF/native-image/com.eventuall/native-metadata/reachability-metadata.json";
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern LIVEKIT_CLIENT = Pattern.compile("(io\\.livekit\\.server\\.\\w+Service)Client");
    private static final List<String> SERVICES = List.of("token-service", "recording-service", "chat-service");

    @Test
    void everyClassExists() throws IOException, ClassNotFoundException {
        Set<String> types = types();
        assertThat(types).hasSizeGreaterThan(1000);
        for (String type : types) {
            Class.forName(type, false, getClass().getClassLoader());
        }
    }

    @Test
    void theFamiliesThatWereMeasuredToBeNeededAreThere() throws IOException {
        assertThat(types())
                .contains(
                        "io.livekit.server.RoomService",
                        "livekit.LivekitIngress$IngressInfo",
                        "livekit.LivekitWebhook$WebhookEvent",
                        "com.twilio.jwt.accesstoken.ChatGrant$Payload",
                        "com.twilio.converter.ISO8601Deserializer",
                        "io.jsonwebtoken.impl.DefaultJwtBuilder")
                .anyMatch(name -> name.startsWith("io.jsonwebtoken.jackson."));
    }

    @Test
    void everyRetrofitInterfaceInUseHasAProxy() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String name : imports()) {
            Matcher client = LIVEKIT_CLIENT.matcher(name);
            if (client.matches()) {
                used.add(client.group(1));
            }
        }
        assertThat(used).isNotEmpty();
        assertThat(proxies()).containsAll(used);
    }

    @Test
    void everyTwilioClassInUseIsKept() throws IOException {
        Set<String> kept = types();
        assertThat(imports())
                .filteredOn(name -> name.startsWith("com.twilio.rest.") || name.startsWith("com.twilio.jwt."))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(kept).contains(binaryName(name)));
    }

    private static String binaryName(String imported) {
        // A nested class is imported with a dot.
        return imported.replaceAll("(\\.[A-Z]\\w*)\\.([A-Z]\\w*)$", "$1\\$$2");
    }

    private static Set<String> imports() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String service : SERVICES) {
            Path sources = Path.of("../..", service, "src/main/java");
            if (Files.isDirectory(sources)) {
                try (Stream<Path> files = Files.walk(sources)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                            .toList()) {
                        IMPORT.matcher(Files.readString(file)).results().forEach(found -> names.add(found.group(1)));
                    }
                }
            }
        }
        return names;
    }

    private static Set<String> types() throws IOException {
        Set<String> types = new HashSet<>();
        metadata().forEach(entry -> {
            if (entry.get("type").isTextual()) {
                types.add(entry.get("type").asText());
            }
        });
        return types;
    }

    private static Set<String> proxies() throws IOException {
        Set<String> proxies = new HashSet<>();
        metadata().forEach(entry -> entry.at("/type/proxy").forEach(name -> proxies.add(name.asText())));
        return proxies;
    }

    private static JsonNode metadata() throws IOException {
        try (InputStream file = MetadataTest.class.getResourceAsStream(RESOURCE)) {
            assertThat(file).isNotNull();
            return new ObjectMapper().readTree(file).get("reflection");
        }
    }
}
