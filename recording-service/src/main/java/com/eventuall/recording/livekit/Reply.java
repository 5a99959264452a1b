package com.eventuall.recording.livekit;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/** The reply to one call of the SDK, which does not fail on HTTP errors by itself. */
final class Reply<T> implements Callback<T> {
    private final CompletableFuture<T> future = new CompletableFuture<>();

    Reply(Call<T> call) {
        call.enqueue(this);
    }

    CompletableFuture<T> future() {
        return future;
    }

    @Override
    public void onResponse(Call<T> call, Response<T> response) {
        T body = response.body();
        if (response.isSuccessful() && body != null) {
            future.complete(body);
        } else {
            future.completeExceptionally(VendorFailures.of(
                    response.code(), error(response), response.headers().get("Retry-After")));
        }
    }

    private static String error(Response<?> response) {
        try (ResponseBody body = response.errorBody()) {
            return body == null ? "" : body.string();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void onFailure(Call<T> call, Throwable broken) {
        future.completeExceptionally(VendorFailures.of(broken));
    }
}
