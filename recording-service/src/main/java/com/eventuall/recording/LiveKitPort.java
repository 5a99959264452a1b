package com.eventuall.recording;

import com.eventuall.contracts.RoomKey;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** LiveKit, as far as recordings need it. Failures are {@link VendorFailure}; every call ends within the vendor timeout. */
public interface LiveKitPort {

    /** Makes the room unless it exists. */
    CompletionStage<Void> ensureRoom(RoomKey room);

    /** Starts a composite of the room that pushes to Mux with this key. Not safe to repeat. */
    CompletionStage<EgressView> startEgress(RoomKey room, String layout, StreamKey key);

    /** All egresses of a room that LiveKit still knows (ended ones for 24 h). */
    CompletionStage<List<EgressView>> egressesOf(RoomKey room);

    /** All egresses that are running, of all rooms. */
    CompletionStage<List<EgressView>> activeEgresses();

    /** One egress; {@link EgressView.Status#ABSENT} when LiveKit does not know it. */
    CompletionStage<EgressView> egress(String egressId);

    /** Stops an egress; one that has ended or is unknown is a success. */
    CompletionStage<Void> stopEgress(String egressId);
}
