package com.eventuall.token.http;

import com.eventuall.contracts.Role;
import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.auth.Pass;
import com.eventuall.platform.start.FirstUse;
import com.eventuall.token.redis.RoomDirectory;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Makes tokens for somebody who is nobody, and throws them away. */
@ApplicationScoped
class FirstTokens implements FirstUse {
    private static final String NOBODY = "warm-up";

    private final RoomDirectory rooms;
    private final TokenIssue issue;
    private final Clock clock;

    FirstTokens(RoomDirectory rooms, TokenIssue issue, Clock clock) {
        this.rooms = rooms;
        this.issue = issue;
        this.clock = clock;
    }

    @Override
    public Uni<?> run() {
        Instant now = clock.instant();
        Pass nobody = new Pass(
                NOBODY, NOBODY, NOBODY, Optional.empty(), Role.PARTICIPANT, now, now.plus(Duration.ofMinutes(1)));
        RoomKey room = new RoomKey(NOBODY, NOBODY);
        return rooms.find(room, NOBODY).map(place -> issue.join(nobody, room, place));
    }
}
