package com.eventuall.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventuall.contracts.Role;
import com.eventuall.contracts.RoomKey;
import com.eventuall.token.PublishingRights.Connections;
import com.eventuall.token.PublishingRights.Participant;
import com.eventuall.token.PublishingRights.Stage;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PublishingRightsTest {
    private static final RoomKey ROOM = new RoomKey("e1", "main");

    /** Entries and exits are two topics, taken by any replicas: what one has read may be outdated when its change arrives. */
    @Test
    void rightsFollowTheStageInWhateverOrderThingsHappen() {
        for (long seed = 0; seed < 5000; seed++) {
            World world = new World(new Random(seed));

            world.run();

            assertThat(world.mayPublish).as("seed %d", seed).isEqualTo(world.onStage);
        }
    }

    @Test
    void aListThatDoesNotComeToRestIsLeftForLater() {
        Restless restless = new Restless();

        new PublishingRights(PublishPolicy.STAGE, restless, restless)
                .settle(ROOM, "ann")
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .assertFailedWith(IllegalStateException.class);

        assertThat(restless.changes).isEqualTo(PublishingRights.CHANGES);
    }

    /** One person who comes and goes, each time with somebody who makes the rights agree; answers come in any order. */
    private static final class World implements Stage, Connections {
        private final PublishingRights rights = new PublishingRights(PublishPolicy.STAGE, this, this);
        private final List<Runnable> answers = new ArrayList<>();
        private final Random random;

        private boolean onStage;
        private boolean mayPublish;

        World(Random random) {
            this.random = random;
        }

        void run() {
            int moves = 1 + random.nextInt(4);
            while (moves > 0 || !answers.isEmpty()) {
                int next = random.nextInt(answers.size() + (moves > 0 ? 1 : 0));
                if (next < answers.size()) {
                    answers.remove(next).run();
                } else {
                    moves--;
                    onStage = !onStage;
                    rights.settle(ROOM, "ann").subscribe().with(done -> {}, World::unexpected);
                }
            }
        }

        private static void unexpected(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public Uni<Boolean> has(RoomKey room, String userId) {
            return Uni.createFrom().emitter(asker -> answers.add(() -> asker.complete(onStage)));
        }

        @Override
        public Uni<Optional<Participant>> find(RoomKey room, String userId) {
            return Uni.createFrom()
                    .emitter(asker -> answers.add(() ->
                            asker.complete(Optional.of(new Participant(Optional.of(Role.PARTICIPANT), mayPublish)))));
        }

        @Override
        public Uni<Boolean> allowPublishing(RoomKey room, String userId, boolean allowed) {
            return Uni.createFrom()
                    .emitter(asker -> answers.add(() -> {
                        mayPublish = allowed;
                        asker.complete(true);
                    }));
        }
    }

    /** Somebody who is on the other side whenever one looks. */
    private static final class Restless implements Stage, Connections {
        private boolean onStage;
        private int changes;

        @Override
        public Uni<Boolean> has(RoomKey room, String userId) {
            onStage = !onStage;
            return Uni.createFrom().item(onStage);
        }

        @Override
        public Uni<Optional<Participant>> find(RoomKey room, String userId) {
            return Uni.createFrom().item(Optional.of(new Participant(Optional.empty(), false)));
        }

        @Override
        public Uni<Boolean> allowPublishing(RoomKey room, String userId, boolean allowed) {
            changes++;
            return Uni.createFrom().item(true);
        }
    }
}
