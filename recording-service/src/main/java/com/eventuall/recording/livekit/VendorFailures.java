package com.eventuall.recording.livekit;

import com.eventuall.recording.FailureKind;
import com.eventuall.recording.VendorFailure;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What LiveKit's refusals and broken connections mean. */
final class VendorFailures {
    private static final int TOO_MANY = 429;
    private static final int TIMEOUT = 408;
    private static final int SERVER_ERROR = 500;

    /** Error bodies are JSON from Twirp, or plain text from before it. */
    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"([a-z_]{1,40})\"");

    private VendorFailures() {}

    static VendorFailure of(int status, String body, @Nullable String retryAfter) {
        Matcher code = CODE.matcher(body);
        String word = code.find() ? code.group(1) : "http_" + status;
        if (status == TOO_MANY) {
            return new VendorFailure(FailureKind.NOT_NOW, word, VendorFailure.retryAfter(retryAfter));
        }
        boolean unknown = status == TIMEOUT || status >= SERVER_ERROR;
        return new VendorFailure(unknown ? FailureKind.UNKNOWN : FailureKind.REFUSED, word, null);
    }

    static VendorFailure of(Throwable broken) {
        boolean neverSent = broken instanceof ConnectException || broken instanceof UnknownHostException;
        return neverSent
                ? new VendorFailure(FailureKind.NOT_NOW, "unreachable", null)
                : new VendorFailure(FailureKind.UNKNOWN, "broken", null);
    }

    static <T> CompletionStage<T> recover(Throwable error, Predicate<VendorFailure> harmless, Supplier<T> instead) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof VendorFailure failure && harmless.test(failure)
                ? CompletableFuture.completedFuture(instead.get())
                : CompletableFuture.failedFuture(cause);
    }
}
