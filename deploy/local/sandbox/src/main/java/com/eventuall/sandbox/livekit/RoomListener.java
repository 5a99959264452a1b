package com.eventuall.sandbox.livekit;

import livekit.LivekitModels.Room;

/** Hears what happens to rooms, for those whose life depends on one. */
interface RoomListener {

    /** The room is gone: its participants left, or it was deleted. */
    void roomFinished(Room room);
}
