package com.eventuall.deploy.checks.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceSourceTest {
    @TempDir
    Path project;

    @BeforeEach
    void write() throws IOException {
        write("platform/src/main/resources/META-INF/microprofile-config.properties", """
                quarkus.redis.pubsub.hosts=${quarkus.redis.hosts}
                quarkus.redis.pubsub.client-type=${quarkus.redis.client-type:standalone}
                room.size=1
                """);
        write("room-service/src/main/resources/application.properties", """
                room.size=2
                %prod.room.colour=red
                %test.room.colour=blue
                mp.messaging.incoming.a.topic=stage-entered, stage-exited
                mp.messaging.incoming.a.group.id=room-${quarkus.uuid}
                mp.messaging.outgoing.b.topic=unrouted
                """);
        write("room-service/src/main/java/RoomConfig.java", """
                import io.smallrye.config.*;
                @ConfigMapping(prefix = "room")
                interface RoomConfig {
                    String colour();
                    int size();
                    String doorKeyName();
                    @WithDefault("3s") Duration grace();
                    Optional<String> nickName();
                    @WithName("lit") boolean isLit();
                    Walls walls();
                    Optional<Roof> roof();
                    interface Walls { int height(); @WithDefault("2") int layers(); }
                    interface Roof { int pitch(); }
                    default int twice() { return 2 * size(); }
                }
                """);
        write("room-service/src/main/java/RoomResource.java", """
                @Path("/v1/rooms/{roomId}")
                class RoomResource {
                    @GET String one() { return ""; }
                    @POST @Path("doors/{door}/") void open() {}
                    void helper() {}
                }
                @io.quarkus.websockets.next.WebSocket(path = "/v1/rooms/{roomId}/live")
                class RoomSocket {}
                @Path("/video/v1") interface VendorClient { @GET String list(); }
                """);
    }

    @Test
    void requiredIsWhatHasNeitherDefaultNorValue() {
        assertThat(service().required())
                .containsExactlyInAnyOrder(
                        "quarkus.redis.hosts", "room.door-key-name", "room.lit", "room.walls.height");
    }

    @Test
    void keysAreAllThatCanBeSet() {
        assertThat(service().keys())
                .extracting(ConfigKey::property)
                .containsExactlyInAnyOrder(
                        "room.colour",
                        "room.size",
                        "room.door-key-name",
                        "room.grace",
                        "room.nick-name",
                        "room.lit",
                        "room.walls.height",
                        "room.walls.layers",
                        "room.roof.pitch");
        assertThat(ConfigKey.environmentName("room.door-key-name")).isEqualTo("ROOM_DOOR_KEY_NAME");
    }

    @Test
    void ownPropertiesWinAndOnlyThoseForProductionCount() {
        assertThat(service().properties()).containsEntry("room.size", "2").containsEntry("room.colour", "red");
    }

    @Test
    void topicsAreThoseOfIncomingChannels() {
        assertThat(service().consumedTopics()).containsExactly("stage-entered", "stage-exited");
    }

    @Test
    void endpointsAreResourcesAndSocketsButNotClients() {
        assertThat(service().endpoints())
                .containsExactlyInAnyOrder(
                        new Endpoint("/v1/rooms/{roomId}", false),
                        new Endpoint("/v1/rooms/{roomId}/doors/{door}", false),
                        new Endpoint("/v1/rooms/{roomId}/live", true));
        assertThat(new Endpoint("/v1/rooms/{roomId}/live", true).example()).isEqualTo("/v1/rooms/x1/live");
    }

    private ServiceSource service() {
        return ServiceSource.read(project, "room-service");
    }

    private void write(String file, String content) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
