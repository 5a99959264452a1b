package com.eventuall.token.livekit;

import com.eventuall.contracts.Role;
import com.eventuall.contracts.RoomKey;
import com.eventuall.token.PublishingRights;
import com.eventuall.token.PublishingRights.Participant;
import io.livekit.server.RoomServiceClient;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.ParticipantPermission;
import okhttp3.OkHttpClient;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/**
 * Participants of LiveKit rooms, over LiveKit's SDK. Calls run on the SDK's own threads, take at most
 * {@link LivekitConfig#callTimeout()} and are not repeated here. Failures are {@link LivekitException}s.
 */
@ApplicationScoped
public class LivekitRooms implements PublishingRights.Connections {
    private static final int NOT_FOUND = 404;

    private final OkHttpClient http;
    private final RoomServiceClient client;

    LivekitRooms(LivekitConfig config) {
        this.http = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(2))
                .callTimeout(config.callTimeout())
                .build();
        this.client = RoomServiceClient.createClient(config.apiUrl(), config.apiKey(), config.apiSecret(), () -> http);
    }

    @Override
    public Uni<Optional<Participant>> find(RoomKey room, String userId) {
        return send(client.getParticipant(room.key(), userId)).map(found -> found.map(LivekitRooms::participant));
    }

    /** The set is sent whole: LiveKit takes a permission that is left out as refused. */
    @Override
    public Uni<Boolean> allowPublishing(RoomKey room, String userId, boolean allowed) {
        ParticipantPermission permission = ParticipantPermission.newBuilder()
                .setCanSubscribe(true)
                .setCanPublish(allowed)
                .setCanPublishData(allowed)
                .build();
        return send(client.updateParticipant(room.key(), userId, null, null, permission))
                .map(Optional::isPresent);
    }

    private static Participant participant(ParticipantInfo info) {
        String role = info.getAttributesMap().getOrDefault(LivekitTokens.ROLE_ATTRIBUTE, "");
        return new Participant(
                Role.strongest(Set.of(role)), info.getPermission().getCanPublish());
    }

    private static <T> Uni<Optional<T>> send(Call<T> call) {
        return Uni.createFrom().emitter(emitter -> {
            emitter.onTermination(call::cancel);
            call.enqueue(new Callback<>() {
                @Override
                public void onResponse(Call<T> same, Response<T> response) {
                    if (response.isSuccessful()) {
                        emitter.complete(Optional.ofNullable(response.body()));
                    } else if (response.code() == NOT_FOUND) {
                        emitter.complete(Optional.empty());
                    } else {
                        emitter.fail(LivekitException.answered(response.code()));
                    }
                }

                @Override
                public void onFailure(Call<T> same, Throwable failure) {
                    emitter.fail(LivekitException.unreachable(failure));
                }
            });
        });
    }

    @PreDestroy
    void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
