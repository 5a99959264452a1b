package com.eventuall.token;

import com.eventuall.contracts.Role;
import com.eventuall.contracts.RoomKey;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Makes what one connected participant may do agree with the live list. Several may do so for the same person at the same time,
 * on any replicas: whoever changed something looks at the list once more afterwards, so that the last change to arrive is one that
 * was looked at after it had arrived.
 */
public final class PublishingRights {
    /** Beyond it the list changes faster than we do; better to wait a moment. */
    static final int CHANGES = 5;

    private final PublishPolicy policy;
    private final Stage stage;
    private final Connections connections;

    public PublishingRights(PublishPolicy policy, Stage stage, Connections connections) {
        this.policy = policy;
        this.stage = stage;
        this.connections = connections;
    }

    /** Who is on stage, as of now. */
    public interface Stage {
        Uni<Boolean> has(RoomKey room, String userId);
    }

    /** Who is connected to a room, and with which rights. */
    public interface Connections {
        /** The participant; empty while that person is not connected. */
        Uni<Optional<Participant>> find(RoomKey room, String userId);

        /** Sets whether a participant may publish; answers whether that person was connected. */
        Uni<Boolean> allowPublishing(RoomKey room, String userId, boolean allowed);
    }

    /**
     * Somebody who is connected.
     *
     * @param role as our token said it; empty for a participant with a token of another maker
     */
    public record Participant(Optional<Role> role, boolean mayPublish) {}

    /**
     * Makes one person's rights agree with the live list of a moment after the call. Fails if they still do not after some changes,
     * and when a call to the outside fails; to be tried again then.
     */
    public Uni<Void> settle(RoomKey room, String userId) {
        return connections
                .find(room, userId)
                // Not connected: the next token will say what is right then.
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : settle(
                                room,
                                userId,
                                found.get().role().orElse(Role.PARTICIPANT),
                                found.get().mayPublish(),
                                0));
    }

    private Uni<Void> settle(RoomKey room, String userId, Role role, boolean mayPublish, int changes) {
        return stage.has(room, userId).chain(onStage -> {
            boolean allowed = policy.allows(role, onStage);
            if (allowed == mayPublish) {
                return Uni.createFrom().voidItem();
            }
            if (changes == CHANGES) {
                return Uni.createFrom().failure(new IllegalStateException("The live list does not come to rest"));
            }
            // Whoever left the stage while this was under way may have found nothing to take back yet, hence the second
            // look at the list. What was just set needs none: if another one set it anew, they look after that.
            return connections
                    .allowPublishing(room, userId, allowed)
                    .chain(connected -> connected
                            ? settle(room, userId, role, allowed, changes + 1)
                            : Uni.createFrom().voidItem());
        });
    }
}
