package com.eventuall.presence;

import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** Handling of the store's answers. */
final class Answers {
    private Answers() {}

    /** Calls {@code handler} with the answer or the failure. A mistake in the handler is told rather than kept in a future. */
    static <T> void handle(CompletionStage<T> answer, BiConsumer<T, Throwable> handler) {
        answer.whenComplete((value, failure) -> {
            try {
                handler.accept(value, failure);
            } catch (RuntimeException mistake) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, mistake);
                throw mistake;
            }
        });
    }
}
