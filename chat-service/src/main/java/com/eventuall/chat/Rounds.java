package com.eventuall.chat;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The form of every {@link Work#round()}: some tasks at a time, and a failed one is postponed. */
final class Rounds {
    static final int LIMIT = 32;
    private static final int AT_ONCE = 8;

    private Rounds() {}

    /** Does the tasks; true if there were as many as fit, so that there may be more. */
    static <T> Uni<Boolean> run(
            List<T> tasks, Function<T, Uni<Void>> task, BiFunction<T, Throwable, Uni<Void>> postpone) {
        return Multi.createFrom()
                .iterable(tasks)
                .onItem()
                .transformToUni(
                        each -> task.apply(each).onFailure().recoverWithUni(failure -> postpone.apply(each, failure)))
                .merge(AT_ONCE)
                .onItem()
                .ignoreAsUni()
                .replaceWith(tasks.size() == LIMIT);
    }
}
