package com.eventuall.token.events;

import com.eventuall.contracts.RoomKey;
import com.eventuall.token.PublishPolicy;
import com.eventuall.token.PublishingRights;
import com.eventuall.token.TokenConfig;
import com.eventuall.token.livekit.LivekitException;
import com.eventuall.token.livekit.LivekitRooms;
import com.eventuall.token.redis.RoomDirectory;
import com.eventuall.token.redis.RoomDirectory.Place;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Makes what a connected participant may do agree with the live list of this moment. It looks at the state rather than at
 * the event that called for it, so that repeated, late and reordered events all end in the same place. Under the policy
 * {@code everyone} there is nothing to do.
 */
@ApplicationScoped
public class PermissionSync {
    private static final Logger LOG = Logger.getLogger(PermissionSync.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final PublishPolicy policy;
    private final PublishingRights rights;

    PermissionSync(TokenConfig config, RoomDirectory rooms, LivekitRooms livekit) {
        this.policy = config.publishPolicy();
        this.rights = new PublishingRights(
                policy, (room, userId) -> rooms.find(room, userId).map(Place::onStage), livekit);
    }

    /**
     * Syncs one person. Tries again for as long as LiveKit or Redis are away, since a permission that is not taken back stays
     * until the person leaves; fails only when LiveKit refuses the call itself.
     */
    public Uni<Void> sync(RoomKey room, String userId) {
        if (policy == PublishPolicy.EVERYONE) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .deferred(() -> rights.settle(room, userId))
                .onFailure(PermissionSync::temporary)
                .invoke(failure -> LOG.debug("Permissions wait", failure))
                .onFailure(PermissionSync::temporary)
                .retry()
                .withBackOff(FIRST_WAIT, LONGEST_WAIT)
                .indefinitely();
    }

    private static boolean temporary(Throwable failure) {
        return !(failure instanceof LivekitException livekitFailure) || livekitFailure.temporary();
    }
}
