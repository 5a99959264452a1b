package com.eventuall.chat.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One thread, which is held up by a call that does not end, and one place to wait. */
@Timeout(60)
class CallPoolTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final CallPool pool = new CallPool(1, 1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<String> made = new CopyOnWriteArrayList<>();

    private UniAssertSubscriber<String> first;

    @BeforeEach
    void holdUpTheThread() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        first = call("first", LONG, begun).subscribe().withSubscriber(UniAssertSubscriber.create());
        begun.await();
    }

    @AfterEach
    void stop() {
        end.countDown();
        pool.stop();
    }

    @Test
    void theWaitForAThreadCounts() {
        ask("second", SHORT).awaitFailure(LONG).assertFailedWith(TimeoutException.class);

        assertThat(made).containsExactly("first");
    }

    @Test
    void aCallThatIsGivenUpIsNeverMadeAndGivesItsPlaceToAnother() {
        ask("second", SHORT).awaitFailure(LONG).assertFailedWith(TimeoutException.class);
        UniAssertSubscriber<String> third = ask("third", LONG);

        end.countDown();

        third.awaitItem(LONG).assertItem("third");
        first.awaitItem(LONG).assertItem("first");
        assertThat(made).containsExactly("first", "third");
    }

    @Test
    void whoeverStopsWaitingForACallGivesItUp() {
        ask("second", LONG).cancel();
        UniAssertSubscriber<String> third = ask("third", LONG);

        end.countDown();

        third.awaitItem(LONG).assertItem("third");
        assertThat(made).containsExactly("first", "third");
    }

    @Test
    void moreCallsThanMayWaitAreRefused() {
        ask("second", LONG);

        ask("third", LONG).awaitFailure(LONG).assertFailedWith(RejectedExecutionException.class);
    }

    @Test
    void aCallFailsWithWhatItThrows() {
        end.countDown();
        first.awaitItem(LONG);

        Supplier<String> failing = () -> {
            throw new IllegalStateException("no");
        };
        pool.run(failing, LONG)
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .awaitFailure(LONG)
                .assertFailedWith(IllegalStateException.class, "no");
    }

    private UniAssertSubscriber<String> ask(String name, Duration limit) {
        return call(name, limit, new CountDownLatch(0)).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private Uni<String> call(String name, Duration limit, CountDownLatch begun) {
        return pool.run(
                () -> {
                    made.add(name);
                    begun.countDown();
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return name;
                },
                limit);
    }
}
