package com.eventuall.presence.ws;

import com.eventuall.contracts.RoomKey;
import com.eventuall.platform.auth.Pass;
import com.eventuall.presence.InboundLimit;
import io.quarkus.websockets.next.UserData;

/**
 * What is known of one open connection.
 *
 * @param room the room it is in
 * @param pass who it is
 * @param outbox its outbound side
 * @param limit how much more it may send
 */
record Session(RoomKey room, Pass pass, Outbox outbox, InboundLimit limit) {
    static final UserData.TypedKey<Session> KEY = new UserData.TypedKey<>("presence.session");
}
