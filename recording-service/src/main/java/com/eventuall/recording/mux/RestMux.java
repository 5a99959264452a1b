package com.eventuall.recording.mux;

import com.eventuall.recording.AssetView;
import com.eventuall.recording.FailureKind;
import com.eventuall.recording.MuxPort;
import com.eventuall.recording.StreamView;
import com.eventuall.recording.VendorFailure;
import com.eventuall.recording.VendorGuard;
import com.eventuall.recording.clip.ClipWindow;
import com.eventuall.recording.mux.MuxModel.ClipRequest;
import com.eventuall.recording.mux.MuxModel.Input;
import com.eventuall.recording.mux.MuxModel.NewAssetSettings;
import com.eventuall.recording.mux.MuxModel.StreamRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Mux over its REST API. Nothing blocks, nothing is repeated here, and a call takes at most the vendor timeout. */
public final class RestMux implements MuxPort {
    private static final List<String> PUBLIC = List.of("public");
    private static final int TOO_MANY = 429;
    private static final int NOT_FOUND = 404;
    private static final int TIMEOUT = 408;
    private static final int SERVER_ERROR = 500;
    private static final double MILLIS = 1000.0;

    private final MuxApi api;
    private final Settings settings;
    private final VendorGuard guard;

    /**
     * What calls are made with.
     *
     * @param timeout limit of a call
     * @param reconnectWindow how long Mux waits for an encoder to come back before it ends the asset
     * @param videoQuality of clips, if not Mux's default
     */
    public record Settings(Duration timeout, Duration reconnectWindow, Optional<String> videoQuality) {}

    public RestMux(MuxApi api, Settings settings, VendorGuard guard) {
        this.api = api;
        this.settings = settings;
        this.guard = guard;
    }

    @Override
    public CompletionStage<StreamView> createStream(String tag, boolean lowLatency) {
        StreamRequest request = new StreamRequest(
                PUBLIC,
                new NewAssetSettings(PUBLIC, tag),
                lowLatency ? "low" : "standard",
                (int) settings.reconnectWindow().toSeconds(),
                (int) Duration.ofHours(12).toSeconds(),
                tag);
        return send(() -> api.createStream(request).map(reply -> MuxViews.stream(reply.data())));
    }

    @Override
    public CompletionStage<StreamView> stream(String streamId) {
        return send(() -> api.stream(streamId)
                .map(reply -> MuxViews.stream(reply.data()))
                .onFailure(RestMux::notFound)
                .recoverWithItem(() -> MuxViews.absentStream(streamId)));
    }

    @Override
    public CompletionStage<List<StreamView>> streams(int page) {
        return send(() -> api.streams(PAGE_SIZE, page)
                .map(list -> list.data().stream().map(MuxViews::stream).toList()));
    }

    @Override
    public CompletionStage<Void> completeStream(String streamId) {
        return act(() -> api.complete(streamId));
    }

    @Override
    public CompletionStage<Void> disableStream(String streamId) {
        return act(() -> api.disable(streamId));
    }

    @Override
    public CompletionStage<Void> deleteStream(String streamId) {
        return act(() -> api.deleteStream(streamId));
    }

    @Override
    public CompletionStage<List<AssetView>> assetsOf(String streamId) {
        return send(() -> api.assetsOf(streamId, PAGE_SIZE)
                .map(list -> list.data().stream().map(MuxViews::asset).toList()));
    }

    @Override
    public CompletionStage<List<AssetView>> assets(int page) {
        return send(() -> api.assets(PAGE_SIZE, page)
                .map(list -> list.data().stream().map(MuxViews::asset).toList()));
    }

    @Override
    public CompletionStage<AssetView> createClip(String tag, ClipWindow window) {
        Input input = new Input(
                "mux://assets/" + window.assetId(),
                window.start().toMillis() / MILLIS,
                window.end().toMillis() / MILLIS);
        ClipRequest request = new ClipRequest(
                List.of(input), PUBLIC, tag, settings.videoQuality().orElse(null));
        return send(() -> api.createClip(request).map(reply -> MuxViews.asset(reply.data())));
    }

    @Override
    public CompletionStage<AssetView> asset(String assetId) {
        return send(() -> api.asset(assetId)
                .map(reply -> MuxViews.asset(reply.data()))
                .onFailure(RestMux::notFound)
                .recoverWithItem(() -> MuxViews.absentAsset(assetId)));
    }

    @Override
    public CompletionStage<Void> deleteAsset(String assetId) {
        return act(() -> api.deleteAsset(assetId));
    }

    private CompletionStage<Void> act(Supplier<Uni<Void>> call) {
        return send(() -> call.get().onFailure(RestMux::notFound).recoverWithNull());
    }

    private <T> CompletionStage<T> send(Supplier<Uni<T>> call) {
        return guard.call(() -> call.get()
                .ifNoItem()
                .after(settings.timeout())
                .failWith(() -> new VendorFailure(FailureKind.UNKNOWN, "timeout", null))
                .onFailure()
                .transform(RestMux::failure)
                .subscribeAsCompletionStage());
    }

    private static boolean notFound(Throwable error) {
        return error instanceof WebApplicationException refused
                && refused.getResponse().getStatus() == NOT_FOUND;
    }

    private static VendorFailure failure(Throwable error) {
        if (error instanceof VendorFailure known) {
            return known;
        }
        if (error instanceof WebApplicationException refused) {
            return refused(
                    refused.getResponse().getStatus(), refused.getResponse().getHeaderString(HttpHeaders.RETRY_AFTER));
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return new VendorFailure(FailureKind.NOT_NOW, "unreachable", null);
            }
        }
        return new VendorFailure(FailureKind.UNKNOWN, "broken", null);
    }

    private static VendorFailure refused(int status, @Nullable String retryAfter) {
        String code = "http_" + status;
        if (status == TOO_MANY) {
            return new VendorFailure(FailureKind.NOT_NOW, code, VendorFailure.retryAfter(retryAfter));
        }
        boolean unknown = status == TIMEOUT || status >= SERVER_ERROR;
        return new VendorFailure(unknown ? FailureKind.UNKNOWN : FailureKind.REFUSED, code, null);
    }
}
