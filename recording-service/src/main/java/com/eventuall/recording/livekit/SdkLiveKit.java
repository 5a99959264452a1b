package com.eventuall.recording.livekit;

import com.eventuall.contracts.RoomKey;
import com.eventuall.recording.EgressView;
import com.eventuall.recording.LiveKitPort;
import com.eventuall.recording.StreamKey;
import com.eventuall.recording.VendorGuard;
import io.livekit.server.EgressServiceClient;
import io.livekit.server.RoomServiceClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import livekit.LivekitEgress.EgressInfo;
import livekit.LivekitEgress.EncodingOptionsPreset;
import livekit.LivekitEgress.StreamOutput;
import livekit.LivekitEgress.StreamProtocol;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import retrofit2.Call;

/**
 * LiveKit by its official Kotlin SDK. Calls run on the SDK's threads (at most {@value #CONCURRENT} at once), take at most
 * the vendor timeout in all and are never repeated here: OkHttp's own retry of a request whose connection broke is off,
 * because the request may have been carried out.
 */
public final class SdkLiveKit implements LiveKitPort, AutoCloseable {
    private static final int CONCURRENT = 32;
    private static final String MUX_INGEST = "mux://";
    private static final int EMPTY_TIMEOUT_SECONDS = 600;

    /** Long enough for the last host to reconnect: the end of the room is the end of its recording. */
    private static final int DEPARTURE_TIMEOUT_SECONDS = 180;

    private static final Set<String> OVER = Set.of("failed_precondition", "not_found");

    private final OkHttpClient http;
    private final RoomServiceClient rooms;
    private final EgressServiceClient egresses;
    private final VendorGuard guard;

    public SdkLiveKit(LiveKitConfig config, Duration timeout, VendorGuard guard) {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequestsPerHost(CONCURRENT);
        this.http = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .retryOnConnectionFailure(false)
                .connectTimeout(Duration.ofSeconds(3))
                .readTimeout(timeout)
                .callTimeout(timeout)
                .build();
        Supplier<OkHttpClient> client = () -> http;
        this.rooms = RoomServiceClient.createClient(config.apiUrl(), config.apiKey(), config.apiSecret(), client);
        this.egresses = EgressServiceClient.createClient(config.apiUrl(), config.apiKey(), config.apiSecret(), client);
        this.guard = guard;
    }

    @Override
    public CompletionStage<Void> ensureRoom(RoomKey room) {
        return send(() -> rooms.createRoom(
                        room.key(),
                        EMPTY_TIMEOUT_SECONDS,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        DEPARTURE_TIMEOUT_SECONDS))
                .thenAccept(created -> {});
    }

    @Override
    public CompletionStage<EgressView> startEgress(RoomKey room, String layout, StreamKey key) {
        StreamOutput output = StreamOutput.newBuilder()
                .setProtocol(StreamProtocol.RTMP)
                .addUrls(MUX_INGEST + key.reveal())
                .build();
        return send(() -> egresses.startRoomCompositeEgress(
                        room.key(), output, layout, EncodingOptionsPreset.H264_1080P_30))
                .thenApply(EgressInfos::view);
    }

    @Override
    public CompletionStage<List<EgressView>> egressesOf(RoomKey room) {
        return send(() -> egresses.listEgress(room.key())).thenApply(SdkLiveKit::views);
    }

    @Override
    public CompletionStage<List<EgressView>> activeEgresses() {
        return send(() -> egresses.listEgress(null, null, true)).thenApply(SdkLiveKit::views);
    }

    private static List<EgressView> views(List<EgressInfo> infos) {
        return infos.stream().map(EgressInfos::view).toList();
    }

    @Override
    public CompletionStage<EgressView> egress(String egressId) {
        return send(() -> egresses.listEgress(null, egressId))
                .thenApply(infos -> infos.stream()
                        .map(EgressInfos::view)
                        .filter(view -> view.id().equals(egressId))
                        .findFirst()
                        .orElseGet(() -> EgressView.absent(egressId)))
                .exceptionallyCompose(error -> VendorFailures.recover(
                        error, failure -> failure.code().equals("not_found"), () -> EgressView.absent(egressId)));
    }

    @Override
    public CompletionStage<Void> stopEgress(String egressId) {
        return send(() -> egresses.stopEgress(egressId))
                .<Void>thenApply(stopped -> null)
                .exceptionallyCompose(
                        error -> VendorFailures.recover(error, failure -> OVER.contains(failure.code()), () -> null));
    }

    /** Building a call signs a token and, the first time, loads the SDK, which takes seconds: not on the caller's event loop. */
    private <T> CompletionStage<T> send(Supplier<Call<T>> call) {
        return guard.call(() -> CompletableFuture.supplyAsync(
                        () -> new Reply<>(call.get()), http.dispatcher().executorService())
                .thenCompose(Reply::future));
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
