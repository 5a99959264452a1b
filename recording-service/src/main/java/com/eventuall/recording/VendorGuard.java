package com.eventuall.recording;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Stands before every call to one vendor: lets it through, or fails it with {@link FailureKind#NOT_NOW} without sending
 * anything while the vendor has been failing.
 */
public interface VendorGuard {
    <T> CompletionStage<T> call(Supplier<CompletionStage<T>> call);

    /** Lets everything through. */
    VendorGuard NONE = new VendorGuard() {
        @Override
        public <T> CompletionStage<T> call(Supplier<CompletionStage<T>> call) {
            return call.get();
        }
    };
}
